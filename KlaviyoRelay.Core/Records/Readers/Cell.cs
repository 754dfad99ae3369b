namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>The row does not have the column.</summary>
    Missing,

    /// <summary>Null in JSON and SQL, and an empty cell in CSV.</summary>
    Null,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, as it is written.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A list or an object, as JSON.</summary>
    Json,
}

/// <summary>One value of a row, as the source writes it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Written">Its text; empty when there is no value.</param>
public readonly record struct Cell(CellKind Kind, string Written)
{
    public static readonly Cell Missing = new(CellKind.Missing, "");

    public static readonly Cell Null = new(CellKind.Null, "");

    public static Cell Text(string text) => new(CellKind.Text, text);

    /// <summary>The text; null for none, and for a text of blanks.</summary>
    public string? Value => Kind is CellKind.Missing or CellKind.Null || string.IsNullOrWhiteSpace(Written) ? null : Written;
}
