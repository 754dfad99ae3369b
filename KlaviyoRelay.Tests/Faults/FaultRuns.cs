using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Scenarios;

namespace KlaviyoRelay.Tests.Faults;

/// <summary>Runs fault rows in a shorter form, some at once, from the first test on; each test waits for its own row.</summary>
public abstract class FaultRuns : IAsyncDisposable
{
    private const int Conversations = 100;

    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Dictionary<string, Task<FaultOutcome>> _outcomes;

    private protected FaultRuns(IEnumerable<string> rows, int atOnce)
    {
        _places = new SemaphoreSlim(atOnce);
        _outcomes = rows.ToDictionary(row => row, RunAsync);
    }

    internal static IEnumerable<string> All => AllScenarios.Names;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_outcomes.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
        _places.Dispose();
        GC.SuppressFinalize(this);
    }

    internal Task<FaultOutcome> OutcomeAsync(string row) => _outcomes[row];

    private async Task<FaultOutcome> RunAsync(string row)
    {
        await _places.WaitAsync(_stop.Token);
        try
        {
            return await AllScenarios.List.Single(scenario => scenario.Name == row).RunAsync(new FaultSize(Conversations), _stop.Token);
        }
        finally
        {
            _places.Release();
        }
    }
}
