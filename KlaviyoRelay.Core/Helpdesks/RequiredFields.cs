using System.Globalization;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Reads a webhook's required fields and remembers the first that is missing or wrong.</summary>
public sealed class RequiredFields
{
    public Translation.Malformed? Error { get; private set; }

    /// <summary>The id without what can't be seen, or an empty text with <see cref="Error"/> set.</summary>
    public string Id(string? value, string field)
    {
        var id = VisibleText.Of(value ?? "");
        if (id.Length == 0)
        {
            Error ??= Translation.Malformed.Missing(field);
        }
        else if (id.Length > ConversationEvent.MaxIdLength)
        {
            Error ??= Translation.Malformed.TooLong(field);
        }
        else if (HelpdeskId.IsMeaningless(id))
        {
            Error ??= Translation.Malformed.NotAnId(field);
        }

        return id;
    }

    /// <summary>The time, with its date in front (a bare "10:00" would be today's); one without an offset is taken as UTC.</summary>
    public DateTimeOffset Time(string? value, string field)
    {
        var text = VisibleText.Of(value ?? "");
        if (text.Length == 0)
        {
            Error ??= Translation.Malformed.Missing(field);
        }
        else if (text is [_, _, _, _, '-', ..] && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }
        else
        {
            Error ??= Translation.Malformed.NotATime(field);
        }

        return default;
    }
}
