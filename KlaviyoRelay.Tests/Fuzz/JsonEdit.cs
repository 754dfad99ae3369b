using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Removes, repeats, moves or retypes a member of a JSON document.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Object">Which of the document's objects it is done to.</param>
/// <param name="Member">To which of its members.</param>
/// <param name="Other">Another object.</param>
/// <param name="Value">JSON, or what no JSON writer would write.</param>
internal sealed partial record JsonEdit(int Kind, int Object, int Member, int Other, string Value)
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

    private static readonly Gen<string> AnyValue = Gen.Frequency(
        (280, Gen.OneOf(Values)),
        (20, Gen.Int[1, 200].Select(Nested)),
        (20, Gen.Int[1, 20_000].Select(Nested)),
        (20, Gen.Int[1, 2_000].Select(length => $"\"{new string('x', length)}\"")),
        (20, Gen.Int[1, 2_000].Select(length => $"\"{string.Concat(Enumerable.Repeat("\\ud83d\\ude00", length))}\"")),
        (1, Gen.Int[1, 1_000_000].Select(length => $"\"{new string('x', length)}\"")),
        (20, Gen.Int[1, 2_000].Select(length => new string('9', length))),
        (20, Gen.Int[1, 2_000].Select(length => $"[{string.Join(',', Enumerable.Repeat("\"email\"", length))}]")));

    /// <summary>Up to four changes.</summary>
    public static Gen<JsonEdit[]> Any { get; } = Gen
        .Select(Gen.Int[0, 11], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99], AnyValue, (kind, parent, member, other, value) => new JsonEdit(kind, parent, member, other, value))
        .Array[0, 4];

    public static string Apply(string json, JsonEdit[] edits)
    {
        var root = JsonNode.Parse(json) ?? throw new ArgumentException("Not a document.", nameof(json));
        foreach (var (index, edit) in edits.Index())
        {
            // Stands for the value, which is written when the document is text.
            edit.Change(root, JsonValue.Create(FormattableString.Invariant($"@@{index}@@")));
        }

        var text = root.ToJsonString().Replace(Repeated, "", StringComparison.Ordinal);
        return Marker().Replace(text, match => edits[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)].Value);
    }

    private void Change(JsonNode root, JsonValue placeholder)
    {
        var objects = Descendants(root).OfType<JsonObject>().Where(node => node.Count > 0).ToList();
        if (objects.Count == 0)
        {
            return;
        }

        var parent = objects[Object % objects.Count];
        var (name, value) = parent.ElementAt(Member % parent.Count);
        switch (Kind)
        {
            case 0 or 1:
                parent.Remove(name);
                break;
            case 2 or 3:
                // A name that comes twice, once the mark is taken out of it.
                parent[Repeated + name] = Kind == 2 ? value?.DeepClone() : placeholder;
                break;
            case 4 or 5:
                objects[Other % objects.Count][name] = value?.DeepClone();
                break;
            case 6 or 7:
                parent.Remove(name);
                parent[Kind == 6 ? name.ToUpperInvariant() : $"{name}\0"] = value;
                break;
            default:
                parent[name] = placeholder;
                break;
        }
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
