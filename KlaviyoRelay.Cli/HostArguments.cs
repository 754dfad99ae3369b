namespace KlaviyoRelay.Cli;

/// <summary>
/// What runs the relay and is no command: <c>--urls</c>, and settings such as <c>--LocalHost:Lock=00:00:10</c>. The host
/// itself takes every word and ignores what it does not know, so a mistyped one would start a relay.
/// </summary>
internal static class HostArguments
{
    private const string Urls = "--urls";

    private static readonly string[] Sections =
    [
        "Relay", "Klaviyo", "KeyVault", "Secrets", "Redrive", "LocalHost", "RecoverSchedule", "AzureWebJobs", "AzureWebJobsStorage", "Logging", "urls",
    ];

    public static bool AreAll(IReadOnlyList<string> args)
    {
        for (var index = 0; index < args.Count; index++)
        {
            if (args[index] == Urls && index + 1 < args.Count && Uri.IsWellFormedUriString(args[index + 1], UriKind.Absolute))
            {
                index++;
            }
            else if (!IsSetting(args[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSetting(string arg)
    {
        var end = arg.IndexOf('=', StringComparison.Ordinal);
        var section = end < 0 ? "" : arg[..end].TrimStart('-').Split(':', '.', '_')[0];
        return Sections.Contains(section, StringComparer.OrdinalIgnoreCase);
    }
}
