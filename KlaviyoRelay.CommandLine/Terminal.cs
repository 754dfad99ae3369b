using Spectre.Console;

namespace KlaviyoRelay.CommandLine;

/// <summary>What the programs write to: with colours on a terminal, unless <c>NO_COLOR</c> is set (no-color.org); without any elsewhere.</summary>
internal static class Terminal
{
    // A pipe has no width: a line stays a line.
    private const int PipeWidth = 1000;

    public static IAnsiConsole Output() => Create(Console.Out, Console.IsOutputRedirected, NoColor);

    /// <summary>For what is under way, beside the results, which a program may read.</summary>
    public static IAnsiConsole Progress() => Create(Console.Error, Console.IsErrorRedirected, NoColor);

    /// <summary>For what is wrong: a line is red on a terminal.</summary>
    public static TextWriter Error() => Error(Console.Error, Progress());

    internal static TextWriter Error(TextWriter writer, IAnsiConsole console) =>
        console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors } ? new ErrorText(writer) : writer;

    internal static IAnsiConsole Create(TextWriter writer, bool isRedirected, string? noColor, AnsiSupport terminal = AnsiSupport.Detect)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : terminal,
            ColorSystem = isRedirected || !string.IsNullOrEmpty(noColor) ? ColorSystemSupport.NoColors
                : terminal == AnsiSupport.Yes ? ColorSystemSupport.Standard
                : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
            // They switch escape sequences on where a CI service runs, also in a pipe.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (isRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }

    private static string? NoColor => Environment.GetEnvironmentVariable("NO_COLOR");
}
