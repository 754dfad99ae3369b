namespace KlaviyoRelay.Simulator.Demo;

/// <summary>A file of rows for a sync, and what should become of them: how many are in each bucket, and how many are rejected for each reason.</summary>
internal sealed record RowsStep(string Sync, string Csv, IReadOnlyDictionary<string, int> Expected)
{
    public int Count => Expected["read"];
}

/// <summary>A file and what became of its rows.</summary>
internal sealed record RowsAnswer(RowsStep Step, int Status, IReadOnlyDictionary<string, int> Found)
{
    public bool IsGood => Status == 202 && Rows.All(row => row.Expected == row.Found);

    /// <summary>Each bucket and reason with both counts.</summary>
    public IEnumerable<(string Name, int Expected, int Found)> Rows =>
        Step.Expected.Keys.Union(Found.Keys).Select(name => (name, Step.Expected.GetValueOrDefault(name), Found.GetValueOrDefault(name)));

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Problems => Status == 202
        ? Rows.Where(row => row.Expected != row.Found).Select(row => FormattableString.Invariant($"Rows of '{Step.Sync}', {row.Name}: {row.Found} instead of {row.Expected}."))
        : [FormattableString.Invariant($"The rows of '{Step.Sync}' were answered with {Status}.")];
}
