using KlaviyoRelay.CommandLine;
using Spectre.Console;

namespace KlaviyoRelay.Tests.CommandLine;

public sealed class TerminalTests
{
    private const char Escape = '\u001b';

    private readonly StringWriter _written = new() { NewLine = "\n" };

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(false, "", true)]
    [InlineData(false, "1", false)]
    [InlineData(false, "0", false)]
    [InlineData(true, null, false)]
    [InlineData(true, "1", false)]
    public void Colours_are_for_a_terminal_without_NO_COLOR(bool isRedirected, string? noColor, bool isColoured)
    {
        var console = Terminal.Create(_written, isRedirected, noColor, AnsiSupport.Yes);

        console.Write(new Text("ok", new Style(Color.Green)));
        Terminal.Error(_written, console).WriteLine("wrong");

        var written = _written.ToString();
        written.ShouldContain("ok");
        written.ShouldContain("wrong");
        written.Contains(Escape, StringComparison.Ordinal).ShouldBe(isColoured);
    }

    [Fact]
    public async Task Error_on_a_terminal_is_a_red_line()
    {
        var error = Terminal.Error(_written, Terminal.Create(_written, isRedirected: false, noColor: null, AnsiSupport.Yes));

        await error.WriteLineAsync("One.");
        error.WriteLine("Two.");
        await error.WriteLineAsync();

        _written.ToString().ShouldBe("\u001b[31mOne.\u001b[39m\n\u001b[31mTwo.\u001b[39m\n\n");
    }

    [Fact]
    public void Line_in_a_pipe_is_not_wrapped()
    {
        var console = Terminal.Create(_written, isRedirected: true, noColor: null);

        console.WriteLine(new string('x', 500));

        _written.ToString().Trim().Length.ShouldBe(500);
    }
}
