namespace KlaviyoRelay.CommandLine;

/// <summary>A part of the help, below the options and commands.</summary>
internal sealed record HelpSection(string Title, params (string Name, string Meaning)[] Rows)
{
    public static HelpSection Examples(params (string Command, string Does)[] rows) => new("Examples", rows);

    public static HelpSection ExitCodes(string done, string failed) =>
        new("Exit codes", ("0", done), ("1", failed), ("2", "The command was wrong; nothing was done."));

    public static HelpSection Environment(params (string Name, string Meaning)[] rows) =>
        new("Environment", [.. rows, ("NO_COLOR", "With any value: no colours. There are none in a file or pipe either.")]);

    internal void Write(TextWriter output)
    {
        output.WriteLine($"{Title}:");
        var width = Rows.Max(row => row.Name.Length);
        foreach (var (name, meaning) in Rows)
        {
            output.WriteLine($"  {name.PadRight(width)}  {meaning}".TrimEnd());
        }

        output.WriteLine();
    }
}
