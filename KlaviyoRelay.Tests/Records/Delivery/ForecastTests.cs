using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Delivery;

namespace KlaviyoRelay.Tests.Records.Delivery;

public sealed class ForecastTests
{
    private readonly KlaviyoAccount _account = new("main", new AccountOptions { RateShare = 0.8 }, new TestClock(), new HashSet<Lane> { Lane.Conversations, Lane.Records });

    // Rows have a quarter of 150 jobs of events a minute, and the relay 0.8 of that: 30.
    [Fact]
    public void Events_take_a_job_for_each_thousand_and_their_part_of_the_limits() =>
        Of(SyncBuilder.Events(), Enumerable.Repeat((1000, 0), 61)).ShouldBe(new Forecast(Jobs: 61, Requests: 61, Bytes: 6100, Minutes: 3));

    [Fact]
    public void Chunk_of_superseded_rows_takes_nothing() =>
        Of(SyncBuilder.Profiles(), [(10_000, 0), (3, 3)]).ShouldBe(new Forecast(Jobs: 1, Requests: 1, Bytes: 200, Minutes: 1));

    [Fact]
    public void Few_profiles_take_a_request_each() =>
        Of(SyncBuilder.Profiles(), [(4, 0)]).ShouldBe(new Forecast(Jobs: 0, Requests: 4, Bytes: 0, Minutes: 1));

    // 600 look-ups a minute for members; a quarter of that for profiles.
    [Fact]
    public void Looking_up_profiles_counts()
    {
        Of(SyncBuilder.List("delete"), [(10_000, 0)]).ShouldBe(new Forecast(Jobs: 0, Requests: 110, Bytes: 0, Minutes: 1));
        Of(SyncBuilder.Profiles(options => options.CreateProfiles = false), Enumerable.Repeat((10_000, 0), 3)).ShouldBe(new Forecast(Jobs: 3, Requests: 303, Bytes: 300, Minutes: 2));
    }

    private Forecast Of(Sync sync, IEnumerable<(int Count, int Superseded)> chunks) =>
        Forecast.Of(sync, _account, [.. chunks.Select((chunk, index) => new ChunkInfo(index + 1, chunk.Count, Bytes: 100, [.. Enumerable.Range(0, chunk.Superseded)]))]);
}
