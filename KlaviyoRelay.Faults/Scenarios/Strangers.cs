using System.Net;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Slow strangers post to a signed connection while its genuine webhooks arrive: from the same address, with its name and its headers.</summary>
internal sealed class Strangers : Scenario
{
    private const int LeastAccepted = 99;
    private const int MostGrowth = 50;
    private const int MostLines = 150;

    public override string Name => "strangers";

    public override string Fault => "twice as many slow strangers as conversations, same address, known name";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations * 2).Kustomer;
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.StartRelayAsync(cancellationToken);
        var lines = run.Stack.Relay.Lines.Count();

        var accepted = 0;
        var half = load.Conversations.Count / 2;
        long middle;
        await using (var strangers = new SlowStrangers(run.Stack.RelayAddress, run.Size.Conversations * 2))
        {
            var areThere = await Eventually.WithinAsync(() => Task.FromResult(strangers.Sockets >= run.Size.Conversations * 2), run.Size.Patience, cancellationToken);
            run.Must(areThere, $"Only {strangers.Sockets} strangers got a connection.");
            await PostAsync(load.Take(half));
            middle = run.Stack.Relay.Memory();
            await PostAsync(load.Skip(half));
            run.Measured($"{accepted} of {load.Conversations.Count} webhooks accepted at the first try beside {strangers.Sockets} slow requests");
        }

        var growth = (int)((run.Stack.Relay.Memory() - middle) / (1024 * 1024));
        var logged = run.Stack.Relay.Lines.Count() - lines;
        run.Measured($"{growth} MB more in the second half");
        run.Must(accepted * 100 >= load.Conversations.Count * LeastAccepted, $"{accepted} of {load.Conversations.Count} genuine webhooks were accepted.");
        run.Must(growth <= MostGrowth, $"The relay needs {growth} MB more than in the middle.");
        run.Must(logged <= MostLines, $"The relay wrote {logged} log lines.");

        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        Task PostAsync(ConversationLoad some) => some.ForEachAsync(
            async (conversation, token) =>
            {
                if (await run.PostOnceAsync(conversation, token) == HttpStatusCode.Accepted)
                {
                    Interlocked.Increment(ref accepted);
                }
            },
            cancellationToken);
    }
}
