using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>The texts that a Kustomer event carries to Klaviyo.</summary>
public static partial class KustomerText
{
    private const string ApiHostSuffix = ".api.kustomerapp.com";

    public static string? Subject(string? name) => ShortText.Of(name, ConversationEvent.MaxSubjectLength);

    /// <summary><c>email</c>, or <c>chat, email</c> where there are several; null while there is none yet.</summary>
    public static string? Channel(IReadOnlyList<string?>? channels) =>
        ShortText.Of(channels is [var only] ? only : string.Join(", ", channels?.Where(channel => !string.IsNullOrWhiteSpace(channel)) ?? []), ShortText.MaxChannelLength);

    /// <summary>
    /// The conversation's address in Kustomer. The organization's name comes with most events; else it is the
    /// first part of the API's address. Null where neither tells it.
    /// </summary>
    public static string? Link(Connection connection, string? orgName, string customerId, string conversationId)
    {
        var organization = orgName is { Length: > 0 } ? orgName : OrganizationOf(connection.Options.Own<KustomerOptions>().BaseAddress);
        return organization is not null && HostLabel().IsMatch(organization)
            ? $"https://{organization}.kustomerapp.com/app/customers/{Uri.EscapeDataString(customerId)}/event/{Uri.EscapeDataString(conversationId)}"
            : null;
    }

    private static string? OrganizationOf(string baseAddress)
    {
        var host = BaseAddress.Of(baseAddress).Host;
        return host.EndsWith(ApiHostSuffix, StringComparison.Ordinal) ? host[..^ApiHostSuffix.Length] : null;
    }

    [GeneratedRegex("^[a-zA-Z0-9-]{1,63}\\z")]
    private static partial Regex HostLabel();
}
