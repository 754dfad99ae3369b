using KlaviyoRelay.CommandLine;

namespace KlaviyoRelay.Cli;

/// <summary>What the help says beyond options: examples, settings, environment and exit codes.</summary>
internal static class CommandHelp
{
    private static readonly HelpSection Queues = new(
        "Settings",
        ("AzureWebJobsStorage", "The storage account with the queues; UseDevelopmentStorage=true is Azurite on this machine."));

    private static readonly HelpSection Environment = HelpSection.Environment(("Any setting", "Under its name; it wins over local.settings.json."));

    private static readonly HelpSection ExitCodes = HelpSection.ExitCodes("Done.", "It failed; a line on the error output says why and what to do.");

    public static HelpSection[] Root { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay", "Run the relay until Ctrl-C."),
            ("scripts/relay --urls http://127.0.0.1:8080", "The same, at another address."),
            ("scripts/relay check", "Is every connection set up rightly?"),
            ("scripts/relay dead-letters list", "What waits, and why."),
            ("scripts/relay dead-letters redrive --reason forbidden", "Send it again, once it is mended."),
            ("scripts/relay dead-letters list --json | jq '.letters[].id'", "The same for a program.")),
        new HelpSection(
            "Settings",
            ("local.settings.json", "Read from the current folder (scripts/relay: the repository); without it, local.settings.sample.json. docs/settings.md has them all."),
            ("Relay__Connections__{name}__...", "A helpdesk: its address, its credentials, how its webhooks are proven."),
            ("Relay__Accounts__{name}__...", "A Klaviyo account: the name of its key's secret, its part of the limits."),
            ("Klaviyo__BaseAddress", "https://a.klaviyo.com, or the simulator's."),
            ("AzureWebJobsStorage", "The storage account with the queues; UseDevelopmentStorage=true is Azurite on this machine."),
            ("KeyVault__Uri, Secrets__{name}", "Where secrets are: in a vault, or else in these settings.")),
        HelpSection.Environment(
            ("Any setting", "Under its name; it wins over local.settings.json."),
            ("ASPNETCORE_URLS", "Where the relay listens, as --urls.")),
        HelpSection.ExitCodes("Done; the relay was stopped.", "It failed; a line on the error output says why and what to do."),
    ];

    public static HelpSection[] Check { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay check", "All connections."),
            ("scripts/relay check gladly", "One."),
            ("scripts/relay check --json | jq .ok", "For a program.")),
        new HelpSection("Settings", ("All of the relay's", "docs/settings.md has them; docs/connecting.md says what is checked.")),
        Environment,
        HelpSection.ExitCodes("Everything is right.", "Something is wrong or could not be told; the table or JSON says what to do."),
    ];

    public static HelpSection[] Forget { get; } =
    [
        HelpSection.Examples(("scripts/relay forget ann@example.com", "Erase the rows of this person, of every connection.")),
        Queues,
        Environment,
        ExitCodes,
    ];

    public static HelpSection[] DeadLetters { get; } =
    [
        HelpSection.Examples(
            ("scripts/relay dead-letters list", "What waits, the newest last."),
            ("scripts/relay dead-letters show 3f2c", "Everything about one event, by the beginning of its id."),
            ("scripts/relay dead-letters release", "Try everything that is throttled now."),
            ("scripts/relay dead-letters redrive --reason forbidden", "Send again what was refused for want of a permission."),
            ("scripts/relay dead-letters list --namespace sb-abc123.servicebus.windows.net", "What waits for a relay on Azure, with your own sign-in (az login).")),
        Queues,
        Environment,
        ExitCodes,
    ];

    public static HelpSection[] OfVerb(string verb) => [HelpSection.Examples(ExamplesOf(verb)), Queues, Environment, ExitCodes];

    private static (string Command, string Does)[] ExamplesOf(string verb) => verb switch
    {
        "list" =>
        [
            ("scripts/relay dead-letters list --queue rejected --max 20", "The 20 oldest that a person has to decide about."),
            ("scripts/relay dead-letters list --reason invalid --emails", "With the emails in full."),
            ("scripts/relay dead-letters list --json | jq '.letters[].reason'", "For a program."),
        ],
        "show" =>
        [
            ("scripts/relay dead-letters show 3f2c", "By the beginning of the event's id."),
            ("scripts/relay dead-letters show 3f2c --json --emails", "For a program, with the emails in full."),
        ],
        "release" =>
        [
            ("scripts/relay dead-letters release", "All; a running relay takes them within a second."),
            ("scripts/relay dead-letters release --account main --max 10", "The ten oldest of one account."),
        ],
        "redrive" =>
        [
            ("scripts/relay dead-letters redrive --reason unauthorized,forbidden", "Once the key is mended."),
            ("scripts/relay dead-letters redrive --id 3f2cdab5", "One event, by its id or the beginning of it."),
            ("scripts/relay dead-letters redrive --since 2h", "What was refused in the last two hours."),
            ("scripts/relay dead-letters redrive --namespace sb-abc123.servicebus.windows.net --queue put-away-events", "What Service Bus has put away goes back to its queue."),
            ("scripts/relay dead-letters redrive --connection gladly --json", "Of one connection; says as JSON what was sent again."),
        ],
        _ =>
        [
            ("scripts/relay dead-letters purge --reason customer-not-found", "Asks before it deletes."),
            ("scripts/relay dead-letters purge --queue rejected --yes", "Does not ask."),
        ],
    };
}
