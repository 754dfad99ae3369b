using Microsoft.AspNetCore.Connections;

namespace KlaviyoRelay.Simulator;

/// <summary>The default verb: serve until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        await using var app = SimulatorApp.Build(args);
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new SimulatorSetupException(
                "The address is already in use. Stop the other program or set ASPNETCORE_URLS, for example to http://127.0.0.1:7081.");
        }
        catch (FormatException exception)
        {
            throw new SimulatorSetupException($"{exception.Message}. Set ASPNETCORE_URLS to an address such as {SimulatorApp.DefaultAddress}.");
        }

        await output.WriteLineAsync($"Simulating Klaviyo, Gladly and Kustomer on {string.Join(", ", app.Urls)} (Ctrl-C stops)");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
