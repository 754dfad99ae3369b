using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Records;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The relay's pass over the result of a query in the mode <c>changed</c>, of which 1 % has changed; and its yardstick, which reads the rows alone.</summary>
internal sealed class Changed(int rows, bool isRead) : OwnProcessRow
{
    private const int WarmUpRows = 10_000;

    public static string NameOf(int rows, bool isRead) => $"{(isRead ? "changed-floor" : "changed")}-{(rows == 1_000_000 ? "1m" : $"{rows / 1000}k")}";

    public override string Name => NameOf(rows, isRead);

    public override string What => isRead
        ? $"reading {rows:N0} rows of a database's driver in memory, without a database"
        : $"the same, compared with the last result, with 1 % staged that has changed";

    // The time of a usual run allows no more.
    public override int Repetitions => 1;

    public override bool NeedsFull => rows > 100_000;

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        var compared = new ComparedRows();
        if (isRead)
        {
            await WarmUp.RunAsync(WarmUpRows, _ => compared.ReadAsync(WarmUpRows, cancellationToken));
        }
        else
        {
            await compared.KnowAsync(WarmUpRows, cancellationToken);
            await WarmUp.RunAsync(WarmUpRows, _ => compared.CompareAsync(WarmUpRows, cancellationToken));
            await compared.KnowAsync(rows, cancellationToken);
        }

        var start = Cost.SoFar();
        var found = isRead ? await compared.ReadAsync(rows, cancellationToken) : await compared.CompareAsync(rows, cancellationToken);
        var cost = Cost.SoFar().Since(start);
        return new Measurement(rows, cost) { Lost = (isRead ? rows : rows / ComparedRows.ChangedEach) - found };
    }
}
