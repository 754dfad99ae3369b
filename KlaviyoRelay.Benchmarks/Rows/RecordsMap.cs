using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Records;
using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The relay's own way from a body of rows to its jobs: unpacked, checked, mapped, merged, written. The store forgets them.</summary>
/// <param name="hasPhones">Whether each row has a phone number as it is written within a country.</param>
internal sealed class RecordsMap(bool hasPhones) : OwnProcessRow
{
    public const int Rows = 100_000;
    public const int WarmUpRows = 10_000;

    public static string NameOf(bool hasPhones) => hasPhones ? "records-map-phones" : "records-map";

    public override string Name => NameOf(hasPhones);

    public override string What => $"the relay's reading, mapping and writing of the same rows{(hasPhones ? ", each with a phone number without a country code" : "")}";

    // No target hangs on the phone numbers.
    public override int Repetitions => hasPhones ? 1 : RecordsFloor.Turns;

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        var sync = new Sync(RowWorkload.SyncName, RowWorkload.Options(RowWorkload.Settings(hasPhones)));
        var store = new MemoryRecords(keepsRows: false);
        var small = RowWorkload.Body(Rows, WarmUpRows, hasPhones);
        await WarmUp.RunAsync(WarmUpRows, _ => RowPath.WriteAsync(sync, small, store, cancellationToken));

        var body = RowWorkload.Body(0, Rows, hasPhones);
        var start = Cost.SoFar();
        var state = await RowPath.WriteAsync(sync, body, store, cancellationToken);
        var cost = Cost.SoFar().Since(start);
        return new Measurement(Rows, cost) { Bytes = state.Chunks.Sum(chunk => (long)chunk.Bytes), Lost = Rows - state.Chunks.Sum(chunk => chunk.Count - chunk.Superseded.Count) };
    }
}
