namespace KlaviyoRelay.Tests.Dashboard;

/// <summary>A test of the dashboard over real HTTP.</summary>
public abstract class DashboardTest : IAsyncLifetime
{
    private LoopbackDashboard? _dashboard;

    private protected LoopbackDashboard Dashboard => _dashboard ?? throw new InvalidOperationException("The dashboard has not been started.");

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _dashboard = await LoopbackDashboard.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Dashboard.DisposeAsync();
    }

    private protected static async Task<string> TextOfAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return await answer.Content.ReadAsStringAsync(Cancellation);
        }
    }
}
