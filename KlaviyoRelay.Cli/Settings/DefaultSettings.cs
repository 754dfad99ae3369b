namespace KlaviyoRelay.Cli.Settings;

/// <summary>What the Azure deployment sets and a local run need not: the weakest of all settings.</summary>
internal static class DefaultSettings
{
    public static IReadOnlyDictionary<string, string?> Values { get; } = new Dictionary<string, string?>
    {
        ["RecoverSchedule"] = "0 */15 * * * *",
        ["LocalHost:Schedules:PollRecords"] = "*/2 * * * * *",
        // On this machine the record holds made-up customers; on Azure the key is a secret of the vault.
        ["Secrets:conversationRecordKey"] = "local-conversation-record-key",
    };
}
