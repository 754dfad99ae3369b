using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>
/// A conversation's address: either a pointer at it, or a template such as
/// <c>https://acme.zendesk.com/agent/tickets/{conversationId}</c>, in which <c>{/pointers}</c> may stand too.
/// </summary>
public sealed partial class GenericLink
{
    /// <summary>Longer ones are left out, so that a message always fits its queue.</summary>
    public const int MaxLength = 1000;

    private const string ConversationId = "conversationId";

    private readonly string _template;
    private readonly IReadOnlyDictionary<string, FieldPath> _pointers;
    private readonly FieldPath? _whole;

    private GenericLink(FieldPath? whole, string template, IReadOnlyDictionary<string, FieldPath> pointers)
    {
        _whole = whole;
        _template = template;
        _pointers = pointers;
    }

    /// <summary>Null when the text is neither a pointer nor a template of an address.</summary>
    public static GenericLink? Parse(string text)
    {
        var pointers = new Dictionary<string, FieldPath>(StringComparer.Ordinal);
        if (FieldPath.Parse(text) is { } whole)
        {
            return new GenericLink(whole, "", pointers);
        }

        var names = Placeholder().Matches(text).Select(match => match.Groups[1].Value).ToList();
        foreach (var name in names.Where(name => name != ConversationId))
        {
            if (FieldPath.Parse(name) is not { } pointer)
            {
                return null;
            }

            pointers[name] = pointer;
        }

        return names.Count > 0 && IsAddress(Placeholder().Replace(text, "x")) ? new GenericLink(null, text, pointers) : null;
    }

    /// <summary>The address, or null when a part of it is missing or it is none.</summary>
    public string? Of(GenericFields fields, string conversationId)
    {
        var link = _whole is null ? Filled(fields, conversationId) : fields.Value(_whole);
        return link is { Length: <= MaxLength } && IsAddress(link) ? link : null;
    }

    private string? Filled(GenericFields fields, string conversationId)
    {
        var values = _pointers.ToDictionary(pair => pair.Key, pair => fields.Value(pair.Value), StringComparer.Ordinal);
        values[ConversationId] = conversationId;
        return values.ContainsValue(null)
            ? null
            : Placeholder().Replace(_template, match => Uri.EscapeDataString(values[match.Groups[1].Value] ?? ""));
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
