using KlaviyoRelay.Cli;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Cli;

LoopbackBypass.Install();
if (CommandLine.IsMeantBy(args))
{
    return await CommandLine.RunAsync(args, CliContext.OfProcess());
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
