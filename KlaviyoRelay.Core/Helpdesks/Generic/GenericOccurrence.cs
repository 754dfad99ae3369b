using System.Globalization;
using System.Security.Cryptography;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Tells apart two events of the same kind in one conversation. It stays the same when the helpdesk sends the webhook again.</summary>
public static class GenericOccurrence
{
    private const int MaxHeaderLength = 256;
    private const int HashBytes = 8;

    /// <summary>
    /// The mapping's event id. With a part of it missing, every close of a conversation could get the same one, and
    /// Klaviyo would drop all but the first: then the kind and the time tell them apart. Only an opening does with
    /// fewer parts, because a conversation is opened once.
    /// </summary>
    /// <param name="mapping">The connection's mapping.</param>
    /// <param name="fields">The webhook's fields.</param>
    /// <param name="header">Reads a header by name.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="kind">The same in the helpdesk's words.</param>
    /// <param name="occurredAt">When.</param>
    /// <param name="body">The whole webhook.</param>
    public static string Of(
        GenericMapping mapping, GenericFields fields, Func<string, string?>? header, ConversationEventKind happened, string kind, DateTimeOffset occurredAt, ReadOnlySpan<byte> body)
    {
        var parts = mapping.EventId.Select(part => part.Field is { } field ? fields.Raw(field) : HeaderOf(header, part.Header)).ToList();
        var missing = mapping.EventId.Where((part, index) => parts[index] is null || (part.Field is { } field && fields.Value(field) is null)).ToList();
        var isOpening = happened == ConversationEventKind.Opened;
        if (parts.Exists(part => part is not null) && (isOpening || missing.Count == 0))
        {
            return string.Join('+', parts);
        }

        if (mapping.OccurredAt is not { } time)
        {
            // The time would be the relay's own, and another one when the webhook is sent again.
            fields.Require(string.Join(", ", missing));
            return "";
        }

        var occurrence = string.Create(CultureInfo.InvariantCulture, $"{kind.ToLowerInvariant()}/{occurredAt.UtcDateTime:O}");
        // Two closes in one minute are two events; a webhook that is sent again is the same, byte for byte.
        return isOpening || !fields.IsCoarse(time) ? occurrence : $"{occurrence}/{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, HashBytes))}";
    }

    private static string? HeaderOf(Func<string, string?>? header, string? name) =>
        name is not null && header?.Invoke(name)?.Trim() is { Length: > 0 and <= MaxHeaderLength } value ? value : null;
}
