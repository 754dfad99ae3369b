using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Scenarios;

namespace KlaviyoRelay.Tests.Faults;

/// <summary>The fault tests in a shorter form; <c>make test-faults</c> runs them in full.</summary>
internal static class FaultRows
{
    private const int Conversations = 100;

    // They are judged by when something happens, or keep the whole machine busy.
    private static readonly HashSet<string> Timed = ["helpdesk", "limits", "limits-single", "strangers", "turns", "two-accounts"];

    public static IEnumerable<string> JudgedByTime => AllScenarios.Names.Where(Timed.Contains);

    public static IEnumerable<string> Others => AllScenarios.Names.Where(name => !Timed.Contains(name));

    public static Task<FaultOutcome> RunAsync(string fault, CancellationToken cancellationToken) =>
        AllScenarios.List.Single(scenario => scenario.Name == fault).RunAsync(new FaultSize(Conversations), cancellationToken);
}

/// <summary>Nothing else runs beside these.</summary>
[Collection<OneAtATime>]
public sealed class TimedFaultTests
{
    public static TheoryData<string> Names { get; } = [.. FaultRows.JudgedByTime];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault) =>
        (await FaultRows.RunAsync(fault, TestContext.Current.CancellationToken)).Failures.ShouldBeEmpty();
}

/// <summary>These wait for most of their time, for the helpdesk's limit above all: several run at once, beside other tests.</summary>
public sealed class FaultTests(FaultTests.Runs runs) : IClassFixture<FaultTests.Runs>
{
    public static TheoryData<string> Names { get; } = [.. FaultRows.Others];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_and_nothing_doubled_when_something_fails(string fault) =>
        (await runs.OutcomeAsync(fault)).Failures.ShouldBeEmpty();

    /// <summary>Starts every row at the first test; each test waits for its own.</summary>
    public sealed class Runs : IAsyncDisposable
    {
        private const int AtOnce = 3;

        private readonly SemaphoreSlim _places = new(AtOnce);
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        private readonly Dictionary<string, Task<FaultOutcome>> _outcomes;

        public Runs() => _outcomes = FaultRows.Others.ToDictionary(fault => fault, RunAsync);

        internal Task<FaultOutcome> OutcomeAsync(string fault) => _outcomes[fault];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_outcomes.Values).ContinueWith(_ => { }, TaskScheduler.Default);
            _stop.Dispose();
            _places.Dispose();
        }

        private async Task<FaultOutcome> RunAsync(string fault)
        {
            await _places.WaitAsync(_stop.Token);
            try
            {
                return await FaultRows.RunAsync(fault, _stop.Token);
            }
            finally
            {
                _places.Release();
            }
        }
    }
}

[CollectionDefinition(DisableParallelization = true)]
public sealed class OneAtATime;
