using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Scenarios;

namespace KlaviyoRelay.Tests.Faults;

/// <summary>The fault tests in a shorter form; <c>make test-faults</c> runs them in full.</summary>
public abstract class FaultTests
{
    private const int Conversations = 100;

    // They wait for most of their time and are not judged by it, so they run beside other tests.
    private static readonly HashSet<string> Waiting = ["edge-pages", "key-revoked", "order", "parked-full", "redrive-killed"];

    private protected static TheoryData<string> NamesWhere(bool isWaiting) => [.. AllScenarios.Names.Where(name => Waiting.Contains(name) == isWaiting)];

    private protected static async Task RunAsync(string fault)
    {
        var scenario = AllScenarios.List.Single(scenario => scenario.Name == fault);

        var outcome = await scenario.RunAsync(new FaultSize(Conversations), TestContext.Current.CancellationToken);

        outcome.Failures.ShouldBeEmpty();
    }
}

/// <summary>Each of these keeps the whole machine busy, and some are judged by time: nothing else runs beside them.</summary>
[Collection<OneAtATime>]
public sealed class BusyFaultTests : FaultTests
{
    public static TheoryData<string> Names { get; } = NamesWhere(isWaiting: false);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault) => RunAsync(fault);
}

public sealed class WaitingFaultTests : FaultTests
{
    public static TheoryData<string> Names { get; } = NamesWhere(isWaiting: true);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault) => RunAsync(fault);
}

[CollectionDefinition(DisableParallelization = true)]
public sealed class OneAtATime;
