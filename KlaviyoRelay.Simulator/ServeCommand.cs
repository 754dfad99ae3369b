using System.CommandLine;
using System.Net.Sockets;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Simulator.Helpdesks;
using Microsoft.AspNetCore.Connections;

namespace KlaviyoRelay.Simulator;

/// <summary>The verb <c>serve</c>, which is also meant without one: serve until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand("serve", "Answer as Klaviyo, Gladly and Kustomer do, until Ctrl-C. Everything is kept in memory.", Sections);
        AddTo(command);
        return command;
    }

    public static HelpSection[] Sections { get; } =
    [
        HelpSection.Environment(
            ("ASPNETCORE_URLS", "Where it listens, as --urls."),
            ("Simulator__CustomerEmail", "Your own address, such as you@your-shop.com: customers then have plus addresses of it. Also read from local.settings.json.")),
        HelpSection.ExitCodes("It was stopped.", "It could not start; a line on the error output says why."),
    ];

    public static void AddTo(Command command)
    {
        var urls = new Option<string>("--urls") { Description = $"Where it listens; {SimulatorApp.DefaultAddress} without it.", HelpName = "address" };
        command.Add(urls);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(urls) is { } address ? ["--urls", address] : [], parsed.InvocationConfiguration.Output, cancellationToken));
    }

    private static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        await using var app = SimulatorApp.Build(args);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new SimulatorSetupException(
                "The address is already in use. Stop the other program or set ASPNETCORE_URLS, for example to http://127.0.0.1:7081.");
        }
        catch (SocketException exception)
        {
            throw new SimulatorSetupException($"The simulator can't listen there: {exception.Message}. Set ASPNETCORE_URLS to an address of this machine, such as {SimulatorApp.DefaultAddress}.");
        }
        catch (FormatException exception)
        {
            throw new SimulatorSetupException($"{exception.Message}. Set ASPNETCORE_URLS to an address such as {SimulatorApp.DefaultAddress}.");
        }

        if (app.Services.GetRequiredService<SeededCustomers>().Withheld is { } klaviyo)
        {
            await output.WriteLineAsync($"{MadeUpCustomers.Why(klaviyo)} The simulated helpdesks have no customers until then.");
        }

        await output.WriteLineAsync($"Simulating Klaviyo, Gladly and Kustomer on {string.Join(", ", app.Urls)} (Ctrl-C stops)");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
