namespace KlaviyoRelay.Core.Insights.Kustomer;

/// <summary>Who may frame the card, and where its SDK comes from: <c>KustomerCard__...</c>. Only a simulated Kustomer has others than the defaults.</summary>
public sealed class KustomerCardOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string SectionName = "KustomerCard";

    /// <summary>The origins of the windows that may frame the card, separated by commas.</summary>
    public string Ancestors { get; set; } = "https://*.kustomerapp.com";

    /// <summary>The script of Kustomer's card SDK (developer.kustomer.com/docs/apps/cards-sdk).</summary>
    public string Sdk { get; set; } = "https://cdn.kustomerapp.com/card-js/latest/kustomer-card.min.js";
}
