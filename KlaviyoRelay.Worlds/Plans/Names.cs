namespace KlaviyoRelay.Worlds.Plans;

/// <summary>The connections, syncs, accounts and properties of every world.</summary>
internal static class Names
{
    public const string Main = "main";
    public const string Second = "second";

    public const string Gladly = "gladly";
    public const string Kustomer = "kustomer";

    /// <summary>A Kustomer with two brands, one for each account.</summary>
    public const string Brands = "brands";

    /// <summary>A generic helpdesk.</summary>
    public const string Desk = "desk";

    /// <summary>Rows become profiles of the first account.</summary>
    public const string People = "people";

    /// <summary>Rows become members of a list of the second account.</summary>
    public const string Members = "members";

    /// <summary>Rows become events of the first account.</summary>
    public const string Orders = "orders";

    /// <summary>The programs that post rows.</summary>
    public const string Rows = "rows";

    /// <summary>The brand that goes to the second account.</summary>
    public const string OtherBrand = "brand-2";

    public static IReadOnlyList<string> BrandNames { get; } = ["brand-1", OtherBrand];

    /// <summary>What no log line may hold: it is in every email, subject and secret.</summary>
    public const string Private = "zq9";

    public static IReadOnlyList<string> Accounts { get; } = [Main, Second];

    public static IReadOnlyList<string> Connections { get; } = [Gladly, Kustomer, Brands, Desk];

    public static IReadOnlyList<string> Syncs { get; } = [People, Members, Orders];

    public static string AccountOfSync(string sync) => sync == Members ? Second : Main;

    public static string AccountOf(string connection, string? brand) => connection switch
    {
        Desk => Second,
        Brands when brand == OtherBrand => Second,
        _ => Main,
    };

    public static string PropertyOf(string connection) => connection switch
    {
        Gladly => "In Gladly Conversation",
        Kustomer => "In Kustomer Conversation",
        Brands => "In Brand Conversation",
        _ => "In Desk Conversation",
    };

    public static string MetricOf(string connection, StepKind kind) => (connection, kind) switch
    {
        (Gladly, StepKind.Opened) => "started conversation in Gladly",
        (Gladly, StepKind.Closed) => "closed conversation in Gladly",
        (Gladly, _) => "reopened conversation in Gladly",
        (Desk, _) => $"Zendesk Conversation {kind}",
        (_, StepKind.Opened) => "Kustomer Conversation Create",
        (_, StepKind.Closed) => "Kustomer Conversation Close",
        (_, StepKind.Reopened) => "Kustomer Conversation Reopen",
        _ => "Kustomer Conversation CSAT Submitted",
    };
}
