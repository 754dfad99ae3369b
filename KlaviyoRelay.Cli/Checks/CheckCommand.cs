using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.LocalHost;
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
        await using var services = Compose();
        services.GetRequiredService<IStartupValidator>().Validate();
        var check = services.GetRequiredService<ConnectionCheck>();
        if (name is not null && !check.Connections.Contains(name, StringComparer.Ordinal))
        {
            await context.Error.WriteLineAsync($"'{name}' is no connection: it should be one of {string.Join(", ", check.Connections)}.");
            return ExitCode.WrongUsage;
        }

        var reports = await check.CheckAsync(name is null ? check.Connections : [name], cancellationToken);
        if (isJson)
        {
            await context.Output.WriteLineAsync(CheckJson.Write(reports));
        }
        else
        {
            new CheckTable(context.Console).Write(reports);
        }

        return reports.All(report => report.Ok) ? ExitCode.Done : ExitCode.Failed;
    }

    // As the host composes itself, without running anything.
    private ServiceProvider Compose()
    {
        var settings = context.Settings();
        return new ServiceCollection().AddSingleton(settings).AddLogging().AddKlaviyoRelay(settings).AddLocalHost(settings).BuildServiceProvider();
    }
}
