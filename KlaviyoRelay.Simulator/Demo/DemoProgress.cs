using Spectre.Console;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Shows how far the demo is, beside its result: as bars on a terminal, else in plain lines.</summary>
/// <param name="console">For bars, when it is a terminal.</param>
/// <param name="output">For lines.</param>
internal sealed class DemoProgress(IAnsiConsole console, TextWriter output)
{
    private bool IsTerminal => console.Profile.Capabilities is { Ansi: true, Interactive: true };

    public Task<T> RunAsync<T>(Func<IDemoMeter, Task<T>> run) => IsTerminal
        ? console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(bars => run(new BarMeter(bars)))
        : run(new LineMeter(output));
}
