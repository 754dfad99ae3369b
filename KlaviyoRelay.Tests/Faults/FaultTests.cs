using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Scenarios;

namespace KlaviyoRelay.Tests.Faults;

/// <summary>The fault tests in a shorter form; <c>make test-faults</c> runs them in full.</summary>
[Collection<OneAtATime>]
public sealed class FaultTests
{
    private const int Conversations = 100;

    public static TheoryData<string> Names { get; } = [.. AllScenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault)
    {
        var scenario = AllScenarios.List.Single(scenario => scenario.Name == fault);

        var outcome = await scenario.RunAsync(new FaultSize(Conversations), TestContext.Current.CancellationToken);

        outcome.Failures.ShouldBeEmpty();
    }
}

/// <summary>Each fault keeps the whole machine busy, and some are judged by time: nothing else runs beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OneAtATime;
