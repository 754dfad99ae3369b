using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Benchmarks.Relay;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>What an event costs with this many Klaviyo accounts, each with a session and full jobs of its own.</summary>
internal sealed class Accounts(int accounts) : OwnProcessRow
{
    private const int Conversations = 20_000;

    public static string NameOf(int accounts) => $"accounts-{accounts}";

    public override string Name => NameOf(accounts);

    public override string What => $"100,000 events of {accounts} account(s), 1,000 in a batch, without limits";

    protected override async Task<Measurement> MeasureAsync(Uri farEnd, FarEndClient counts, CancellationToken cancellationToken)
    {
        await using var relay = BenchRelay.WithoutLimits(farEnd, accounts, batchSize: 200);
        await relay.WarmUpAsync(cancellationToken, accounts);
        return await relay.DrainAsync(Conversations, counts, cancellationToken, accounts);
    }
}
