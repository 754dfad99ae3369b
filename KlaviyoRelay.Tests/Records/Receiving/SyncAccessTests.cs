using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Receiving;

namespace KlaviyoRelay.Tests.Records.Receiving;

/// <summary>Who may send rows: a sync takes the one credential that its settings name.</summary>
public sealed class SyncAccessTests
{
    [Theory]
    [InlineData(true, "Bearer rows-secret-value", false, true)]
    [InlineData(true, "Bearer wrong", false, false)]
    [InlineData(true, null, false, false)]
    [InlineData(true, null, true, false)]
    [InlineData(true, "Bearer rows-secret-value", true, false)]
    [InlineData(false, null, true, true)]
    [InlineData(false, null, false, false)]
    [InlineData(false, "Bearer ", false, false)]
    [InlineData(false, "Bearer rows-secret-value", false, false)]
    public async Task Sync_takes_its_secret_or_without_one_a_function_key(bool hasSecret, string? authorization, bool hasFunctionKey, bool isGranted)
    {
        using var relay = new RelayFixture([.. SyncSettings.Leads.Where(setting => hasSecret || setting.Name != "Relay__Syncs__leads__Secret")]);
        var sync = relay.Get<Syncs>().Find("leads").ShouldNotBeNull();

        (await relay.Get<SyncAccess>().IsGrantedAsync(sync, new RowsCredential(authorization, hasFunctionKey), TestContext.Current.CancellationToken)).ShouldBe(isGranted);
    }
}
