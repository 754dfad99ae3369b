using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>
/// A JSON Pointer (RFC 6901) such as <c>/ticket/requester/email</c>, with one addition: one segment may be
/// <c>*</c>, for every element of an array, as in <c>/customer/emails/*/address</c>. A condition on a member beside
/// the value may follow, as in <c>/author/email?type=user|lead</c>.
/// </summary>
public sealed partial class JsonPointer
{
    private const string Every = "*";

    private readonly string[] _segments;
    private readonly int _every;
    private readonly (string Member, string[] Values)? _condition;

    private JsonPointer(string text, string[] segments, (string Member, string[] Values)? condition)
    {
        Text = text;
        _segments = segments;
        _condition = condition;
        _every = Array.IndexOf(segments, Every);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public bool HasWildcard => _every >= 0;

    /// <summary>The part before the wildcard; empty without one.</summary>
    public ReadOnlySpan<string> ArraySegments => _segments.AsSpan(0, Math.Max(_every, 0));

    /// <summary>Null when the text is no pointer, points at the whole document, or has two wildcards.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text is not ['/', _, ..])
        {
            return null;
        }

        var condition = Condition().Match(text);
        var raw = (condition.Success ? text[..condition.Index] : text)[1..].Split('/');
        return raw.All(IsEscapedRightly) && raw.Count(segment => segment == Every) <= 1
            ? new JsonPointer(text, [.. raw.Select(Unescape)], condition.Success ? (condition.Groups["member"].Value, condition.Groups["values"].Value.Split('|')) : null)
            : null;
    }

    /// <summary>The value, for a pointer without wildcard; null when there is none, or JSON's null.</summary>
    public JsonElement? Find(JsonElement root) => Follow(root, _segments);

    /// <summary>The values: one for each element of the array, in order and null where an element has none; without wildcard just one.</summary>
    public IReadOnlyList<JsonElement?> FindAll(JsonElement root)
    {
        if (!HasWildcard)
        {
            return [Find(root)];
        }

        var rest = _segments.AsSpan(_every + 1).ToArray();
        return Follow(root, ArraySegments, isWhole: false) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(element => Follow(element, rest))]
            : [];
    }

    public override string ToString() => Text;

    private JsonElement? Follow(JsonElement element, ReadOnlySpan<string> segments, bool isWhole = true)
    {
        for (var index = 0; index < segments.Length; index++)
        {
            if ((isWhole && index == segments.Length - 1 && !IsMet(element)) || Step(element, segments[index]) is not { } next)
            {
                return null;
            }

            element = next;
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    private bool IsMet(JsonElement parent) =>
        _condition is not { } condition
        || (Step(parent, condition.Member) is { ValueKind: JsonValueKind.String } member && condition.Values.Contains(member.GetString(), StringComparer.OrdinalIgnoreCase));

    private static JsonElement? Step(JsonElement element, string segment) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(segment, out var member) => member,
        JsonValueKind.Array when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength() => element[index],
        _ => null,
    };

    private static bool IsEscapedRightly(string segment)
    {
        for (var at = segment.IndexOf('~', StringComparison.Ordinal); at >= 0; at = segment.IndexOf('~', at + 1))
        {
            if (at + 1 == segment.Length || segment[at + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    [GeneratedRegex(@"\?(?<member>[^/?=|]+)=(?<values>[^/?=]+)\z")]
    private static partial Regex Condition();
}
