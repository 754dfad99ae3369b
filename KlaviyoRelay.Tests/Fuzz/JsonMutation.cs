using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Removes, repeats, moves and retypes the members of a JSON document.</summary>
internal static partial class JsonMutation
{
    private const string Repeated = "@@repeated@@";

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1e400", "-1e400", "1e-400", "123456789012345678901234567890", "9223372036854775808", "2147483648",
        "4.5", "0.0000001", "5", "\"5\"", "\"4.999999999999999999\"", "\"NaN\"", "\"-Infinity\"", "\"\"", "\" \"", "\".\"", "\"..\"", "\"/\"", "\"%2e%2e\"",
        "[]", "{}", "[null]", "[[]]", "[1,\"a\",{}]", "{\"\":null}", "{\"after\":\"done\"}", "{\"rating\":1e308}", "{\"id\":{}}",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u202e\"", "\"\\ufeff\"", "\"\u00e9\u0301\"", "\"\\\"\\\\\"",
        "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"9999-12-31T23:59:59.99999999Z\"", "\"2026-02-30T00:00:00Z\"",
        "\"2026-01-15T25:61:61Z\"", "\"2026-01-15\"", "\"2026-01-15T14:02:11.123456789012345678Z\"", "\"10000-01-01T00:00:00Z\"", "\"2026-01-15T14:02:11+99:99\"", "\"2026-W03-4\"", "\"1768485731\"",
        "\"done\"", "\"open\"", "\"PING\"", "\"CONVERSATION/CREATED\"", "\"kustomer.conversation.create\"", "\"kustomer.conversation.update\"", "\"https://example.com/\"", "\"javascript:alert(1)\"",
    ];

    public static string Of(string json, Random random)
    {
        var root = JsonNode.Parse(json) ?? throw new ArgumentException("Not a document.", nameof(json));
        var values = new List<string>();
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            Change(root, random, values);
        }

        var text = root.ToJsonString().Replace(Repeated, "", StringComparison.Ordinal);
        return Marker().Replace(text, match => values[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);
    }

    private static void Change(JsonNode root, Random random, List<string> values)
    {
        var objects = Descendants(root).OfType<JsonObject>().Where(node => node.Count > 0).ToList();
        if (objects.Count == 0)
        {
            return;
        }

        var parent = objects[random.Next(objects.Count)];
        var (name, value) = parent.ElementAt(random.Next(parent.Count));
        switch (random.Next(6))
        {
            case 0:
                parent.Remove(name);
                break;
            case 1:
                // A name that comes twice, once the mark is taken out of it.
                parent[Repeated + name] = random.Next(2) == 0 ? value?.DeepClone() : Placeholder(values, random);
                break;
            case 2:
                var other = objects[random.Next(objects.Count)];
                other[name] = value?.DeepClone();
                break;
            case 3:
                parent.Remove(name);
                parent[random.Next(2) == 0 ? name.ToUpperInvariant() : $"{name}\0"] = value;
                break;
            default:
                parent[name] = Placeholder(values, random);
                break;
        }
    }

    /// <summary>Stands for a value that no JSON writer would write.</summary>
    private static JsonValue Placeholder(List<string> values, Random random)
    {
        values.Add(random.Next(20) switch
        {
            0 => Nested(random.Next(1, 200)),
            1 => Nested(random.Next(1, 20_000)),
            2 => $"\"{new string('x', random.Next(1, 2_000))}\"",
            3 => $"\"{string.Concat(Enumerable.Repeat("\\ud83d\\ude00", random.Next(1, 2_000)))}\"",
            4 when random.Next(20) == 0 => $"\"{new string('x', random.Next(1, 1_000_000))}\"",
            5 => new string('9', random.Next(1, 2_000)),
            6 => $"[{string.Join(',', Enumerable.Repeat("\"email\"", random.Next(1, 2_000)))}]",
            _ => Values[random.Next(Values.Length)],
        });
        return JsonValue.Create(FormattableString.Invariant($"@@{values.Count - 1}@@"));
    }

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":[", levels)) + string.Concat(Enumerable.Repeat("]}", levels));

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        yield return node;
        var children = node switch
        {
            JsonObject parent => parent.Select(member => member.Value),
            JsonArray array => array,
            _ => [],
        };
        foreach (var descendant in children.OfType<JsonNode>().SelectMany(Descendants))
        {
            yield return descendant;
        }
    }

    [GeneratedRegex("\"@@(\\d+)@@\"")]
    private static partial Regex Marker();
}
