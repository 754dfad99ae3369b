using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>
/// JSON of which a part has another type than documented. That part is left out, and what the webhook can't do
/// without is then missing; a number where a text is documented becomes a text.
/// </summary>
public static partial class LenientJson
{
    // Each takes another look at the whole: a webhook with more is of another shape altogether.
    private const int MaxRepairs = 20;

    /// <summary>The deepest nesting of objects and arrays that is read; the helpdesks' own samples have 7 levels.</summary>
    public const int MaxDepth = 64;

    // A name that comes twice could not be told from the other.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads it; null when it is JSON's null.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="type">How to read it.</param>
    /// <param name="leftOut">The paths of what was left out, such as <c>$.data.attributes.name</c>.</param>
    /// <exception cref="JsonException">It is no JSON, or of another shape altogether.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type, out IReadOnlyList<string> leftOut)
        where T : class
    {
        leftOut = [];
        var json = WellFormedJson.Of(body);
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            var paths = new List<string>();
            leftOut = paths;
            return Repaired(JsonNode.Parse(json, documentOptions: Options), type, paths);
        }
    }

    /// <summary>The text of a member of the outermost object, as far as the JSON can be read; null when there is none.</summary>
    public static string? TextOf(ReadOnlySpan<byte> body, string member)
    {
        var reader = new Utf8JsonReader(WellFormedJson.Of(body), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals(member))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (JsonException)
        {
            // It broke before the member came.
        }

        return null;
    }

    private static T? Repaired<T>(JsonNode? root, JsonTypeInfo<T> type, List<string> leftOut)
        where T : class
    {
        for (var repair = 0; ; repair++)
        {
            try
            {
                return root.Deserialize(type);
            }
            catch (JsonException exception)
            {
                if (repair == MaxRepairs || exception.Path is not { } path || !Repair(root, path, leftOut))
                {
                    throw;
                }
            }
        }
    }

    private static bool Repair(JsonNode? root, string path, List<string> leftOut)
    {
        var steps = Step().Matches(path);
        var parent = steps.SkipLast(1).Aggregate(root, Child);
        if (steps.Count == 0 || Child(parent, steps[^1]) is not { } wrong)
        {
            return false;
        }

        if (wrong.GetValueKind() == JsonValueKind.Number)
        {
            wrong.ReplaceWith(JsonValue.Create(wrong.ToJsonString()));
            return true;
        }

        leftOut.Add(path);
        return Remove(parent, steps[^1], wrong);
    }

    private static bool Remove(JsonNode? parent, Match step, JsonNode wrong) => parent switch
    {
        JsonObject members => members.Remove(NameIn(step)),
        JsonArray elements => elements.Remove(wrong),
        _ => false,
    };

    private static JsonNode? Child(JsonNode? parent, Match step) => parent switch
    {
        JsonObject members => members[NameIn(step)],
        JsonArray elements when int.TryParse(NameIn(step), out var index) && index < elements.Count => elements[index],
        _ => null,
    };

    private static string NameIn(Match step) => step.Groups["name"].Value;

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>[^']*)'\]|\[(?<name>\d+)\]")]
    private static partial Regex Step();
}
