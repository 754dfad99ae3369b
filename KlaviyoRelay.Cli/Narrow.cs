using Spectre.Console;

namespace KlaviyoRelay.Cli;

/// <summary>
/// A terminal of the usual 80 columns gets fewer columns of a table, or a list in its place. No id and no setting's name is
/// broken there: they are to be copied. A file or a pipe gets the whole table.
/// </summary>
internal static class Narrow
{
    private const int Wide = 120;

    public static bool Is(IAnsiConsole console) => console.Profile.Width < Wide;

    /// <summary>The same table, with columns that break no word.</summary>
    public static Table Unbroken(this Table table, params int[] columns)
    {
        foreach (var index in columns)
        {
            table.Columns[index].NoWrap();
        }

        return table;
    }

    /// <summary>An item of a list: a word, what it is about, and what is to be said, below it where the line is too short.</summary>
    public static void WriteItem(IAnsiConsole console, string word, Color color, string about, string said)
    {
        const int Indent = 4;
        var line = new Paragraph().Append($"  {word,-10}", new Style(color)).Append($"  {about}");
        var fits = 14 + about.Length + 2 + said.Length <= console.Profile.Width;
        console.Write(fits ? line.Append($"  {said}".TrimEnd()) : line);
        console.WriteLine();
        if (!fits)
        {
            console.Write(new Padder(new Text(said), new Padding(Indent, 0, 0, 0)));
        }
    }

    /// <summary>A heading of a list.</summary>
    public static void WriteHeading(IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.Write(new Text(text));
        console.WriteLine();
    }
}
