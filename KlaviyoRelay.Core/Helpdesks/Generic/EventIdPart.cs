namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>One part of an event's id: a field of the webhook, or one of its headers.</summary>
public sealed record EventIdPart
{
    private const string HeaderPrefix = "header:";

    private EventIdPart(string text, FieldPath? field, string? header)
    {
        Text = text;
        Field = field;
        Header = header;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The field; null for a header.</summary>
    public FieldPath? Field { get; }

    /// <summary>The header's name; null for a field.</summary>
    public string? Header { get; }

    /// <summary>Null when the text is neither a pointer nor <c>header:</c> with a name.</summary>
    public static EventIdPart? Parse(string text)
    {
        if (!text.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return FieldPath.Parse(text) is { } field ? new EventIdPart(text, field, header: null) : null;
        }

        var name = text[HeaderPrefix.Length..].Trim();
        return name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? new EventIdPart(text, field: null, name) : null;
    }

    public override string ToString() => Text;
}
