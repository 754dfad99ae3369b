using CsCheck;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Klaviyo;

public sealed class RateTableTests
{
    [Fact]
    public void Conversations_have_all_when_no_other_lane_is_used()
    {
        var account = new KlaviyoAccount("main", new AccountOptions { RateShare = 0.8 }, new TestClock());

        Limits(account.Events).ShouldBe([280, 2800]);
        Limits(account.BulkJobs).ShouldBe([8, 120]);
        Limits(account.Profiles).ShouldBe([60, 600]);
        Limits(account.Checks).ShouldBe([1, 12]);
    }

    [Fact]
    public void Records_take_a_small_part_of_what_conversations_use_and_all_of_their_own()
    {
        var account = new KlaviyoAccount("main", new AccountOptions { RateShare = 0.8 }, new TestClock(), new HashSet<Lane> { Lane.Conversations, Lane.Records });

        Limits(account.BulkJobs).ShouldBe([6, 90]);
        Limits(account.Limiter(KlaviyoEndpoint.CreateEvents, Lane.Records)).ShouldBe([2, 30]);
        Limits(account.Limiter(KlaviyoEndpoint.CreateImport, Lane.Records)).ShouldBe([8, 120]);
        Limits(account.Limiter(KlaviyoEndpoint.FindMembers, Lane.Records)).ShouldBe([60, 600]);
    }

    [Fact]
    public void Account_has_the_records_lane_when_a_sync_names_it()
    {
        using var relay = new RelayFixture([.. TestSettings.SecondAccount, .. SyncSettings.Leads, ("Relay__Syncs__leads__Account", "second")]);

        Limits(relay.Account("main").BulkJobs).ShouldBe([8, 120]);
        Limits(relay.Account("second").BulkJobs).ShouldBe([6, 90]);
    }

    [Fact]
    public void Campaigns_take_a_part_of_what_the_audit_uses_and_all_of_their_own()
    {
        var account = new KlaviyoAccount("main", new AccountOptions { RateShare = 0.8 }, new TestClock(), new HashSet<Lane> { Lane.Conversations, Lane.Insights, Lane.Campaigns });

        Limits(account.Checks).ShouldBe([1, 10]);
        Limits(account.Limiter(KlaviyoEndpoint.ReadCampaigns, Lane.Audit)).ShouldBe([4, 60]);
        Limits(account.Limiter(KlaviyoEndpoint.ReadCampaigns, Lane.Campaigns)).ShouldBe([4, 60]);
        Limits(account.Limiter(KlaviyoEndpoint.CreateCampaign, Lane.Campaigns)).ShouldBe([8, 120]);
        Limits(account.Limiter(KlaviyoEndpoint.ReadMessageCampaign, Lane.Insights)).ShouldBe([8, 120]);
    }

    [Fact]
    public void Campaigns_part_is_divided_by_the_instances_and_the_audits_is_not()
    {
        using var relay = new RelayFixture([("Relay__Accounts__main__CampaignsEnabled", "true"), ("Relay__Insights__Instances", "4")]);
        var account = relay.Account("main");

        Limits(account.Limiter(KlaviyoEndpoint.ReadSegments, Lane.Campaigns)).ShouldBe([7, 75]);
        Limits(account.Limiter(KlaviyoEndpoint.ReadSegments, Lane.Audit)).ShouldBe([30, 300]);
        Limits(account.Limiter(KlaviyoEndpoint.CreateCampaign, Lane.Campaigns)).ShouldBe([2, 30]);
    }

    [Fact]
    public void Each_lane_with_a_key_of_its_own_sends_with_it_and_every_other_with_the_private_key()
    {
        var account = new KlaviyoAccount("main", new AccountOptions { PrivateKeySecret = "own", AuditKeySecret = "audit", CampaignsKeySecret = "campaigns" }, new TestClock());

        Enum.GetValues<Lane>().Select(account.SecretOf).ShouldBe(["own", "own", "own", "audit", "campaigns"]);
        account.Secrets.ShouldBe(["own", "audit", "campaigns"]);
    }

    [Fact]
    public void Every_lane_sends_with_the_private_key_when_there_is_no_other()
    {
        var account = new KlaviyoAccount("main", new AccountOptions { PrivateKeySecret = "own" }, new TestClock());

        account.Secrets.ShouldBe(["own"]);
    }

    [Fact]
    public void Lanes_together_never_have_more_than_the_account() =>
        Gen.Select(Gen.Enum<KlaviyoEndpoint>(), Gen.Enum<Lane>().HashSet[0, 5]).Sample((endpoint, lanes) =>
        {
            var shares = RateTable.SharesOf(endpoint, lanes);

            shares.Values.ShouldAllBe(share => share > 0);
            shares.Values.Sum().ShouldBeLessThanOrEqualTo(1.0001);
        });

    private static IEnumerable<int> Limits(RateLimiter limiter) => limiter.Use("main", "x").Windows.Select(window => window.Limit);
}
