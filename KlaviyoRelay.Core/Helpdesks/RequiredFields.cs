using System.Globalization;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Reads a webhook's required fields and remembers the first that is missing or wrong.</summary>
internal sealed class RequiredFields
{
    public Translation.Malformed? Error { get; private set; }

    /// <summary>The id, or an empty text with <see cref="Error"/> set.</summary>
    public string Id(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Error ??= Translation.Malformed.Missing(field);
            return "";
        }

        if (value.Length > ConversationEvent.MaxIdLength)
        {
            Error ??= Translation.Malformed.TooLong(field);
        }
        else if (value is "." or "..")
        {
            // Ids become parts of addresses, where these two would mean another address.
            Error ??= Translation.Malformed.NotAnId(field);
        }

        return value;
    }

    /// <summary>The time, with its date in front (a bare "10:00" would be today's); one without an offset is taken as UTC.</summary>
    public DateTimeOffset Time(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Error ??= Translation.Malformed.Missing(field);
        }
        else if (value is [_, _, _, _, '-', ..] && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
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
