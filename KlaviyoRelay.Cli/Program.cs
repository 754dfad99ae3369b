using KlaviyoRelay.Cli;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Http;

LoopbackBypass.Install();
if (RelayCommands.IsMeantBy(args))
{
    return await RelayCommands.RunAsync(args, CliContext.OfProcess());
}

try
{
    await using var app = RelayApp.Build(args);
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (StartFailure.Of(exception) is { } lines)
{
    var error = Terminal.Error();
    foreach (var line in lines)
    {
        await error.WriteLineAsync(line);
    }

    return ExitCode.Failed;
}
