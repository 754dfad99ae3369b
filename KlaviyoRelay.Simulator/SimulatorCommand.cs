using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Simulator.Demo;

namespace KlaviyoRelay.Simulator;

/// <summary>The program's verbs. Without one, it serves.</summary>
internal static class SimulatorCommand
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CommandRun run, CancellationToken cancellationToken = default) => run.RunAsync(
        Root(), args, exception => exception is SimulatorSetupException setup ? [setup.Message] : null, cancellationToken);

    private static DocumentedCommand Root()
    {
        var root = new DocumentedCommand(
            "KlaviyoRelay.Simulator",
            "Stands in for Klaviyo, Gladly and Kustomer. Without a command, it serves.",
            [
                HelpSection.Examples(
                    ("KlaviyoRelay.Simulator", $"Serve at {SimulatorApp.DefaultAddress}."),
                    ("KlaviyoRelay.Simulator --urls http://127.0.0.1:8081", "The same at another address."),
                    ("KlaviyoRelay.Simulator demo", "Tell the relay a story and check what came of it."),
                    ($"curl {SimulatorApp.DefaultAddress}/_simulator/state", "What it recorded; docs/simulator.md says what else there is.")),
                .. ServeCommand.Sections,
            ]) { FullHelp.Option(), ServeCommand.Create(), DemoCommand.Create() };
        ServeCommand.AddTo(root);
        return root;
    }
}
