using KlaviyoRelay.Cli;
using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Cli;

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
catch (Exception exception) when (CommandLine.WrongSettings(exception) is { } wrong)
{
    var error = Terminal.Error();
    foreach (var line in wrong)
    {
        await error.WriteLineAsync(line);
    }

    return ExitCode.Failed;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Terminal.Error().WriteLineAsync($"{exception.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.");
    return ExitCode.Failed;
}
