using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Records;
using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The yardstick for <see cref="RecordsMap"/>.</summary>
internal sealed class RecordsFloor : OwnProcessRow
{
    public const string RowName = "records-floor";

    /// <summary>As many turns as the time of a usual run allows.</summary>
    public const int Turns = 2;

    public override string Name => RowName;

    public override string What => "bare GZipStream + Utf8JsonReader + Utf8JsonWriter: rows of 500 bytes to the jobs that the relay makes";

    public override int Repetitions => Turns;

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        var sync = new Sync(RowWorkload.SyncName, RowWorkload.Options(RowWorkload.Settings()));
        await RowPath.CheckFloorAsync(sync, cancellationToken);
        var floor = new RowFloor(sync);
        var small = RowWorkload.Body(RecordsMap.Rows, RecordsMap.WarmUpRows);
        await WarmUp.RunAsync(RecordsMap.WarmUpRows, _ => Task.FromResult(floor.Write(small, _ => { })));

        var body = RowWorkload.Body(0, RecordsMap.Rows);
        var bytes = 0L;
        var start = Cost.SoFar();
        var rows = floor.Write(body, job => bytes += job.Length);
        return new Measurement(rows, Cost.SoFar().Since(start)) { Bytes = bytes };
    }
}
