using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The sync that a command is about, with the relay's services.</summary>
internal sealed record SyncInHand(Sync Sync, IServiceProvider Services, CliContext Context)
{
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public RelayClient Connect(Uri relay) => new(relay, Sync, Get<ISecretStore>(), Context.Clock);
}

/// <summary>Runs a verb of <c>sync</c>: what can't be done is a line on the error output.</summary>
internal static class SyncVerb
{
    public static async Task<int> RunAsync(CliContext context, string name, Func<SyncInHand, Task<int>> act)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var syncs = services.GetRequiredService<Core.Records.Syncs>();
        if (syncs.Find(name) is not { } sync)
        {
            await context.Error.WriteLineAsync(syncs.All.Count == 0
                ? $"'{name}' is no sync: the settings have none. docs/records.md says how to set one up."
                : $"'{name}' is no sync: it should be one of {string.Join(", ", syncs.All.Select(one => one.Name))}.");
            return ExitCode.WrongUsage;
        }

        try
        {
            return await act(new SyncInHand(sync, services, context));
        }
        catch (Exception exception) when (exception is RelayRefusalException or SecretUnavailableException or JsonException or IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }
}
