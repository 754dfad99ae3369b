using KlaviyoRelay.CommandLine;

namespace KlaviyoRelay.Cli;

/// <summary>What the help says beyond options: examples, settings, environment and exit codes.</summary>
internal static class CommandHelp
{
    private const string Failed = "It failed; a line on the error output says why and what to do.";

    private static readonly (string, string) Storage = ("AzureWebJobsStorage", "The storage account with the queues; UseDevelopmentStorage=true is Azurite on this machine.");

    private static readonly (string, string) AnySetting = ("Any setting", "Under its name; it wins over local.settings.json.");

    public static HelpSection[] Root { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay", "Run the relay until Ctrl-C."),
            ("scripts/relay --urls http://127.0.0.1:8080", "The same, at another address."),
            ("scripts/relay check", "Is every connection set up rightly?"),
            ("scripts/relay audit", "Would a flow mail a customer in conversation?"),
            ("scripts/relay leaks --since 7d", "Did customers in conversation get marketing?"),
            ("scripts/relay segments create", "Make the segments that campaigns leave out."),
            ("scripts/relay campaigns list --status scheduled", "What still goes out."),
            ("scripts/relay trigger gladly.created", "Post a sample webhook, signed."),
            ("scripts/relay watch", "See what becomes of events, until Ctrl-C."),
            ("scripts/relay events show 3f2c", "One event and its attempts."),
            ("scripts/relay dead-letters list", "What waits, and why."),
            ("scripts/relay dead-letters redrive --reason forbidden", "Send it again, once it is mended."),
            ("scripts/relay sync run leads --file leads.csv", "Send a file of rows to Klaviyo."),
            ("scripts/relay dead-letters list --json | jq '.letters[].id'", "The same for a program.")),
        new HelpSection(
            "Settings",
            ("local.settings.json", "Read from the current folder (scripts/relay: the repository); without it, local.settings.sample.json. docs/settings.md has them all."),
            ("Relay__Connections__{name}__...", "A helpdesk: its address, its credentials, how its webhooks are proven."),
            ("Relay__Accounts__{name}__...", "A Klaviyo account: the name of its key's secret, its part of the limits."),
            ("Klaviyo__BaseAddress", "https://a.klaviyo.com, or the simulator's."),
            Storage,
            ("KeyVault__Uri, Secrets__{name}", "Where secrets are: in a vault, or else in these settings.")),
        HelpSection.Environment(AnySetting, ("ASPNETCORE_URLS", "Where the relay listens, as --urls.")),
        HelpSection.ExitCodes("Done; the relay was stopped.", Failed),
    ];

    public static HelpSection[] Check { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay check", "All connections."),
            ("scripts/relay check gladly", "One."),
            ("scripts/relay check --json | jq .ok", "For a program.")),
        new HelpSection("Settings", ("All of the relay's", "docs/settings.md has them; docs/connecting.md says what is checked.")),
        HelpSection.Environment(AnySetting),
        HelpSection.ExitCodes("Everything is right.", "Something is wrong or could not be told; the table or JSON says what to do."),
    ];

    public static HelpSection[] Audit { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay audit", "The only account."),
            ("scripts/relay audit --account main --json | jq .ok", "For a program.")),
        new HelpSection("Settings", ("All of the relay's", "docs/settings.md has them; docs/audit.md says what is judged, and which scopes the key needs.")),
        HelpSection.Environment(AnySetting),
        HelpSection.ExitCodes("Nothing is unprotected.", "Something is unprotected, or the account could not be read."),
    ];

    public static HelpSection[] Segments { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay segments create", "Shows what is missing, asks, and makes it."),
            ("scripts/relay segments create --dry-run --json", "For a program: what there is, and the conditions that are wanted."),
            ("scripts/relay segments create --repair --yes", "Gives segments that were changed their conditions back, without asking.")),
        new HelpSection("Settings", ("All of the relay's", "docs/settings.md has them; docs/audit.md says what is made, and which scopes the key needs.")),
        HelpSection.Environment(AnySetting),
        HelpSection.ExitCodes("Every segment that can be made is there, as wanted.", "Some are missing, differ or failed, or the account could not be read."),
    ];

    public static HelpSection[] Leaks { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay leaks", "The last 7 days."),
            ("scripts/relay leaks --since 30d --account main", "A longer time; run it again after a break, and it goes on."),
            ("scripts/relay leaks --json | jq '.items[].profiles'", "The profiles, by Klaviyo's ids.")),
        new HelpSection("Settings", ("All of the relay's", "docs/settings.md has them; docs/audit.md says what counts, and which scopes the key needs.")),
        HelpSection.Environment(AnySetting),
        HelpSection.ExitCodes("No customer in conversation got marketing.", "Some did, or the search was broken off."),
    ];

    /// <summary>For a command about campaigns.</summary>
    public static HelpSection[] OnCampaigns(params (string Command, string Does)[] examples) =>
    [
        HelpSection.Examples(examples),
        new HelpSection(
            "Settings",
            ("Relay__Accounts__{account}__CampaignsEnabled", "true: campaigns may be made; docs/campaigns.md has the rest."),
            Storage),
        HelpSection.Environment(AnySetting),
        HelpSection.ExitCodes("Done.", Failed),
    ];

    /// <summary>For a command about a sync.</summary>
    public static HelpSection[] OnSyncs(params (string Command, string Does)[] examples) => OnSyncs("Done.", Failed, examples);

    /// <summary>For the command that sends rows.</summary>
    public static HelpSection[] OfRun(params (string Command, string Does)[] examples) =>
        OnSyncs("Every row was taken, or a later row counts in its place.", "Rows were rejected, or it failed; the error output says why and what to do.", examples);

    /// <summary>For a command that works on the storage account.</summary>
    public static HelpSection[] OnStorage(params (string Command, string Does)[] examples) =>
        [HelpSection.Examples(examples), new HelpSection("Settings", Storage), HelpSection.Environment(AnySetting), HelpSection.ExitCodes("Done.", Failed)];

    /// <summary>For a command that asks the relay on this machine.</summary>
    public static HelpSection[] OnEvents(params (string Command, string Does)[] examples) =>
        [HelpSection.Examples(examples), HelpSection.Environment(("RELAY_PORT", "The port of the relay on this machine, without --relay; 7071 without it.")), HelpSection.ExitCodes("Done.", Failed)];

    private static HelpSection[] OnSyncs(string done, string failed, (string Command, string Does)[] examples) =>
    [
        HelpSection.Examples(examples),
        new HelpSection(
            "Settings",
            ("Relay__Syncs__{sync}__...", "What the sync makes of a row (docs/records.md)."),
            ("Secrets__{name}", "The sync's secret, as the relay has it; KeyVault__Uri reads it from Key Vault.")),
        HelpSection.Environment(AnySetting),
        HelpSection.ExitCodes(done, failed),
    ];
}
