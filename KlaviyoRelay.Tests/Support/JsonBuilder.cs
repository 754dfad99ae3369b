using System.Text;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A JSON object that a test changes at the places it is about.</summary>
internal abstract class JsonBuilder<TSelf>(string json)
    where TSelf : JsonBuilder<TSelf>
{
    private readonly JsonObject _root = Parse(json).AsObject();

    /// <summary>Sets a field, such as <c>content.customerId</c>; makes the objects on the way.</summary>
    public TSelf With(string path, JsonNode? value)
    {
        var (parent, name) = Locate(path);
        parent[name] = value;
        return (TSelf)this;
    }

    /// <summary>Sets a field to a piece of JSON.</summary>
    public TSelf WithJson(string path, string value) => With(path, JsonNode.Parse(value));

    public TSelf Without(string path)
    {
        var (parent, name) = Locate(path);
        parent.Remove(name);
        return (TSelf)this;
    }

    public string Build() => _root.ToJsonString();

    public byte[] Bytes() => Encoding.UTF8.GetBytes(Build());

    private static JsonNode Parse(string json) => JsonNode.Parse(json) ?? throw new ArgumentException("Not an object.", nameof(json));

    private (JsonObject Parent, string Name) Locate(string path)
    {
        var names = path.Split('.');
        var parent = _root;
        foreach (var name in names[..^1])
        {
            if (parent[name] is not JsonObject child)
            {
                child = [];
                parent[name] = child;
            }

            parent = child;
        }

        return (parent, names[^1]);
    }
}
