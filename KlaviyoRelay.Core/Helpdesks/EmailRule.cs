namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Which of a customer's emails get an event.</summary>
public enum EmailRule
{
    /// <summary>Every email on the customer's profile.</summary>
    All,

    /// <summary>The email that the helpdesk marks as primary, or lists first.</summary>
    Primary,

    /// <summary>Emails that the helpdesk marks as verified.</summary>
    Verified,
}
