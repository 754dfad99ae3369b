using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>
/// Reads a webhook's fields and remembers the first required one that is missing or wrong. What is optional and has a
/// wrong type is as good as missing.
/// </summary>
public sealed partial class GenericFields(GenericMapping mapping, JsonElement root)
{
    // Unix times above this are in milliseconds: in seconds it would be the year 5138.
    private const long LastSecond = 99_999_999_999;

    private readonly RequiredFields _required = new();
    private Translation.Malformed? _wrong;

    public Translation.Malformed? Error => _wrong ?? _required.Error;

    /// <summary>The customer's emails.</summary>
    public GenericEmails Emails => new(this, mapping, root);

    /// <summary>A text or a number, as a person reads it; null when there is none.</summary>
    public string? Text(FieldPath? path) => path is null ? null : First(path, Text);

    /// <summary>A text or a number that is compared with others: without what can't be seen, and null when nothing is left.</summary>
    public string? Value(FieldPath? path) => Text(path) is { } text && VisibleText.Of(text) is { Length: > 0 } value ? value : null;

    /// <summary>A text or a number as it came, which an id is made of; null when there is none, or blanks only.</summary>
    public string? Raw(FieldPath path) => First(path, element => RawText(element) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null);

    /// <summary>The values of several fields; null with <see cref="Error"/> set when there is none at all.</summary>
    public IReadOnlyList<string>? Values(IReadOnlyList<FieldPath> paths)
    {
        var values = paths.Select(Value).ToList();
        if (values.TrueForAll(value => value is null))
        {
            _wrong ??= paths.FirstOrDefault(IsOfWrongType) is { } wrong ? Translation.Malformed.WrongType(wrong.Text) : Translation.Malformed.Missing(string.Join(", ", paths));
            return null;
        }

        return [.. values.Select(value => value ?? "")];
    }

    /// <summary>Notes that something is missing.</summary>
    public void Require(string what) => _wrong ??= Translation.Malformed.Missing(what);

    /// <summary>Notes that a field has a type that nothing can be made of.</summary>
    public void Refuse(Translation.Malformed wrong) => _wrong ??= wrong;

    /// <summary>The id, or an empty text with <see cref="Error"/> set.</summary>
    public string Id(FieldPath path) => _required.Id(Required(path), path.Text);

    /// <summary>ISO 8601 (UTC where it has no offset), or Unix seconds or milliseconds.</summary>
    public DateTimeOffset Time(FieldPath path)
    {
        var text = Required(path);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LastSecond * 1000
            ? (number > LastSecond ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(number))
            : _required.Time(text, path.Text);
    }

    /// <summary>Whether the time has no seconds. Two events can then share it.</summary>
    public bool IsCoarse(FieldPath path) => Value(path) is { } text && text.Contains('-', StringComparison.Ordinal) && !Seconds().IsMatch(text);

    /// <summary>A whole number; null when there is none.</summary>
    public int? Count(FieldPath? path) => int.TryParse(Value(path), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>The text of one element; null when it is neither a text nor a number, or stands for nothing.</summary>
    public string? Text(JsonElement element)
    {
        if (RawText(element) is not { } raw)
        {
            return null;
        }

        var text = mapping.Html ? HtmlText.Decode(raw) : raw;
        // A placeholder that the helpdesk has no value for is empty, or says so.
        return VisibleText.Of(text) is { Length: > 0 } value && !mapping.Empty.Contains(value, StringComparer.Ordinal) ? text : null;
    }

    private static string? RawText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    private string? Required(FieldPath path)
    {
        if (Value(path) is { } value)
        {
            return value;
        }

        if (IsOfWrongType(path))
        {
            _wrong ??= Translation.Malformed.WrongType(path.Text);
        }

        return null;
    }

    private bool IsOfWrongType(FieldPath path) => path.Find(root).Any(element => element is { } found && RawText(found) is null);

    private string? First(FieldPath path, Func<JsonElement, string?> read)
    {
        foreach (var element in path.Find(root))
        {
            if (element is { } found && read(found) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\d:\d\d:\d\d")]
    private static partial Regex Seconds();
}
