using System.Globalization;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>Which helpdesk a history is of.</summary>
public enum FlagHelpdesk
{
    /// <summary>A customer has at most one open conversation, and the list of them can be asked for.</summary>
    Gladly,

    /// <summary>An organization that lacks the list.</summary>
    GladlyWithoutList,

    /// <summary>The look-up counts the open conversations.</summary>
    Kustomer,

    /// <summary>The counts are some seconds old.</summary>
    LaggingKustomer,

    /// <summary>A helpdesk that can't be asked.</summary>
    Generic,
}

/// <summary>A conversation is opened, closed or opened again, and its webhook is delivered.</summary>
/// <param name="Wait">Seconds since the step before.</param>
/// <param name="Conversation">Which conversation.</param>
/// <param name="Delay">Seconds until the webhook arrives.</param>
/// <param name="Repeats">Seconds after that at which it arrives again.</param>
/// <param name="IsTriedTwice">Whether Klaviyo takes the event only at the second try, a quarter of an hour later.</param>
/// <param name="IsRestart">Whether the relay starts anew before the step.</param>
/// <param name="IsOtherBrand">Whether the conversation belongs to the other brand from now on.</param>
internal sealed record FlagStep(int Wait, int Conversation, int Delay, int[] Repeats, bool IsTriedTwice, bool IsRestart, bool IsOtherBrand)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"+{Wait} c{Conversation} arrives after {Delay}{(Repeats.Length > 0 ? $" and again after {string.Join('+', Repeats)}" : "")}{(IsTriedTwice ? ", tried twice" : "")}{(IsRestart ? ", restart" : "")}{(IsOtherBrand ? ", other brand" : "")}");
}
