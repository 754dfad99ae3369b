using CsCheck;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Steps;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>Whatever answers are lost and wherever the process is killed: never two campaigns, never two sends, and a caller who repeats gets to the end.</summary>
public sealed class NeverTwiceTests
{
    private static readonly Gen<(Fate, int)[]> Fates = Gen.Select(Gen.Enum<Fate>(), Gen.Int[0, 110]).Array[0, 8];

    private static readonly string[] Goals = ["schedule", "schedule", "revert", "cancel"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Creation_makes_one_campaign_and_ends_when_the_caller_repeats() =>
        Gen.Select(Fates, Gen.Int[0, 130].Array[40], Gen.Bool).Sample((fates, pauses, hasOwnContent) =>
        {
            var (clock, runner) = Runner();
            var klaviyo = new UnluckyKlaviyo(clock, fates);
            var creation = new UnluckyCreation(klaviyo, hasOwnContent);

            var end = RepeatAsync(clock, klaviyo, pauses, () => runner.RunAsync("made", creation, Token)).GetAwaiter().GetResult();

            end.ShouldBeOfType<StepsEnd.Done>();
            creation.Campaigns.ShouldBe(1);
            creation.TemplatesMade.ShouldBe(hasOwnContent ? 1 : 0);
            creation.HasTemplate.ShouldBeTrue();
            creation.Templates.ShouldBe(0);
        });

    [Fact]
    public void Schedule_sends_once_and_ends_when_the_caller_repeats() =>
        Gen.Select(Fates, Gen.Int[0, 130].Array[40]).Sample((fates, pauses) =>
        {
            var (clock, runner) = Runner();
            var klaviyo = new UnluckyKlaviyo(clock, fates);
            var sending = new UnluckySending(klaviyo);

            var end = RepeatAsync(clock, klaviyo, pauses, () => runner.RunAsync("sent", sending.To("schedule"), Token)).GetAwaiter().GetResult();

            end.ShouldBeOfType<StepsEnd.Done>();
            sending.SentTwice.ShouldBe(0);
            sending.Status.ShouldBe("Scheduled");
        });

    [Fact]
    public void Nothing_is_sent_twice_when_schedules_and_stops_come_in_any_order() =>
        Gen.Select(Fates, Gen.Select(Gen.Int[0, 3].Select(number => Goals[number]), Gen.Int[0, 130]).Array[1, 20]).Sample((fates, actions) =>
        {
            var (clock, runner) = Runner();
            var klaviyo = new UnluckyKlaviyo(clock, fates);
            var sending = new UnluckySending(klaviyo);
            foreach (var (goal, pause) in actions)
            {
                klaviyo.Another = () => runner.RunAsync("sent", sending.To("schedule"), Token);
                OnceAsync(() => runner.RunAsync("sent", sending.To(goal), Token)).GetAwaiter().GetResult();
                clock.Advance(TimeSpan.FromSeconds(pause));
            }

            klaviyo.CatchUp();
            sending.SentTwice.ShouldBe(0);
        });

    /// <summary>A revert that has ended makes a draft that may be scheduled once more; a cancel does not.</summary>
    [Theory]
    [InlineData("revert", "Scheduled")]
    [InlineData("cancel", "Cancelled")]
    public async Task Campaign_can_be_scheduled_again_after_a_revert_and_not_after_a_cancel(string stop, string expected)
    {
        var (clock, runner) = Runner();
        var sending = new UnluckySending(new UnluckyKlaviyo(clock, []));

        await runner.RunAsync("sent", sending.To("schedule"), Token);
        (await runner.RunAsync("sent", sending.To(stop), Token)).ShouldBe(new StepsEnd.Done(true));
        await runner.RunAsync("sent", sending.To("schedule"), Token);

        sending.Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Lost_request_is_not_repeated_before_the_doubt_is_over()
    {
        var (clock, runner) = Runner();
        var klaviyo = new UnluckyKlaviyo(clock, [(Fate.CarriedOutLate, 100)]);
        var creation = new UnluckyCreation(klaviyo, hasOwnContent: false);

        (await runner.RunAsync("made", creation, Token)).ShouldBeOfType<StepsEnd.Waiting>().Step.ShouldBe(CampaignStep.MakeCampaign);
        clock.Advance(TimeSpan.FromSeconds(99));
        (await runner.RunAsync("made", creation, Token)).ShouldBeOfType<StepsEnd.Waiting>();
        clock.Advance(TimeSpan.FromSeconds(2));
        (await runner.RunAsync("made", creation, Token)).ShouldBeOfType<StepsEnd.Done>();

        creation.Campaigns.ShouldBe(1);
    }

    [Fact]
    public async Task Draft_is_not_called_safe_while_a_schedule_may_be_under_way()
    {
        var (clock, runner) = Runner();
        var klaviyo = new UnluckyKlaviyo(clock, [(Fate.CarriedOutLate, 60)]);
        var sending = new UnluckySending(klaviyo);

        await runner.RunAsync("sent", sending.To("schedule"), Token);
        var early = await runner.RunAsync("sent", sending.To("cancel"), Token);
        clock.Advance(TimeSpan.FromSeconds(61));
        await runner.RunAsync("sent", sending.To("cancel"), Token);

        early.ShouldBeOfType<StepsEnd.Waiting>();
        sending.Status.ShouldBe("Cancelled");
    }

    /// <summary>Calls until it is done, as a caller does who repeats; at most as often as there are pauses.</summary>
    private static async Task<StepsEnd?> RepeatAsync(TestClock clock, UnluckyKlaviyo klaviyo, IReadOnlyList<int> pauses, Func<Task<StepsEnd>> call)
    {
        foreach (var pause in pauses)
        {
            klaviyo.Another = call;
            if (await OnceAsync(call) is StepsEnd.Done done)
            {
                // What is late still comes.
                clock.Advance(UnluckyKlaviyo.Doubt);
                klaviyo.CatchUp();
                return done;
            }

            clock.Advance(TimeSpan.FromSeconds(pause));
        }

        return null;
    }

    private static async Task<StepsEnd?> OnceAsync(Func<Task<StepsEnd>> call)
    {
        try
        {
            return await call();
        }
        catch (KilledException)
        {
            return null;
        }
    }

    private static (TestClock Clock, StepRunner Runner) Runner()
    {
        var clock = new TestClock();
        return (clock, new StepRunner(new CampaignNotes(new InMemoryCampaignStore()), new CampaignOptions { Doubt = UnluckyKlaviyo.Doubt }, clock));
    }
}
