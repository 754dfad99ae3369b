using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Checks;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Checks;

/// <summary>The verb <c>check</c>: whether the connections are set up rightly.</summary>
internal sealed class CheckCommand(CliContext context)
{
    public Command Create()
    {
        var name = new Argument<string?>("name") { Description = "A connection; all of them without it.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var command = new DocumentedCommand("check", "Try keys, scopes, credentials, queue and vault of the connections. Records nothing anywhere.", CommandHelp.Check) { name, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(name), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string? name, bool isJson, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var check = services.GetRequiredService<ConnectionCheck>();
        if (name is not null && !check.Connections.Contains(name, StringComparer.Ordinal))
        {
            await context.Error.WriteLineAsync($"'{name}' is no connection: it should be one of {string.Join(", ", check.Connections)}.");
            return ExitCode.WrongUsage;
        }

        var reports = name is null
            ? [.. await check.CheckAsync(check.Connections, cancellationToken), .. await check.CheckAccountsAsync(cancellationToken)]
            : await check.CheckAsync([name], cancellationToken);
        if (isJson)
        {
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(new CheckJson(reports.All(report => report.Ok), reports), CliJson.Readable.CheckJson));
        }
        else
        {
            new CheckTable(context.Console).Write(reports);
        }

        return reports.All(report => report.Ok) ? ExitCode.Done : ExitCode.Failed;
    }
}

/// <summary>What was checked, for a program to read: each connection as <c>GET /api/connections/{name}/check</c> gives it, and the accounts that only syncs use.</summary>
internal sealed record CheckJson(bool Ok, IReadOnlyList<CheckReport> Connections);
