using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Cli;
using Microsoft.Extensions.Options;

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
catch (OptionsValidationException exception)
{
    foreach (var failure in exception.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }

    return 1;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.");
    return 1;
}
