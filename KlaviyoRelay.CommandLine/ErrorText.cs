using System.Text;

namespace KlaviyoRelay.CommandLine;

/// <summary>Writes lines in red, on a terminal.</summary>
internal sealed class ErrorText(TextWriter terminal) : TextWriter
{
    private const string Red = "\u001b[31m";
    private const string Usual = "\u001b[39m";

    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => terminal.Write(value);

    public override void Write(string? value) => terminal.Write(value);

    public override void WriteLine(string? value) => terminal.WriteLine(Coloured(value));

    public override Task WriteLineAsync(string? value) => terminal.WriteLineAsync(Coloured(value));

    public override void Flush() => terminal.Flush();

    private static string? Coloured(string? line) => string.IsNullOrEmpty(line) ? line : $"{Red}{line}{Usual}";
}
