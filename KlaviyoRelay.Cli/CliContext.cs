using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Cli.Settings;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Azurite;
using Spectre.Console;

namespace KlaviyoRelay.Cli;

/// <summary>What a command works with; a test gives it something else than the process.</summary>
internal sealed record CliContext
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The setting is missing or wrong.</exception>
    public required Func<AzuriteQueueClient> Connect { get; init; }

    public Func<IConfiguration> Settings { get; init; } = Configuration;

    public TextReader Input { get; init; } = System.Console.In;

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required IAnsiConsole Console { get; init; }

    /// <summary>Shows what is under way, beside the output; null for plain lines.</summary>
    public IAnsiConsole? Progress { get; init; }

    /// <summary>Asks the operator; null when nobody sits there.</summary>
    public Func<string, CancellationToken, Task<bool>>? Confirm { get; init; }

    /// <summary>The vault as an operator reaches it: by the own sign-in.</summary>
    public Func<Uri, SecretClient> Vault { get; init; } = address => new SecretClient(address, AzureCredential.OfDeveloper(), KeyVaultOptions.Client());

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>This process's, with the setting of the relay that runs in the same folder.</summary>
    public static CliContext OfProcess() => new()
    {
        Connect = () => new AzuriteQueueClient(AzuriteStorage.Queues(AzuriteStorage.ConnectionString(Configuration())), TimeProvider.System),
        Output = System.Console.Out,
        Error = Terminal.Error(),
        Console = Terminal.Output(),
        Progress = Terminal.Progress(),
        Confirm = System.Console.IsInputRedirected || System.Console.IsErrorRedirected ? null : ConfirmAsync,
    };

    /// <summary>The relay as the host composes it, without running anything.</summary>
    public ServiceProvider Compose()
    {
        var settings = Settings();
        return new ServiceCollection().AddSingleton(settings).AddLogging().AddKlaviyoRelay(settings).AddLocalHost(settings).BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration()
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(DefaultSettings.Values);
        if (LocalSettingsSource.Find(Directory.GetCurrentDirectory()) is { } settings)
        {
            settings.ReloadOnChange = false;
            builder.Add(settings);
        }

        return builder.AddEnvironmentVariables().Build();
    }

    private static async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        // Beside the output, which may be read by a program.
        await System.Console.Error.WriteAsync(question);
        var answer = await Task.Run(System.Console.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer?.Trim() is "y" or "Y" or "yes";
    }
}
