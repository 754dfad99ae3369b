using CsCheck;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>
/// Random histories of a customer's conversations, delivered late, repeated and in any order, as the vendors do it: when
/// the newest webhook has been delivered, the flag says within a minute what is true.
/// </summary>
[Trait("Takes", "long")]
public sealed class FlagHistoryTests
{
    private const int Histories = 2_500;

    // Vendors' first tries and their schedules of repeats, in seconds, and everyday delays.
    private static readonly Gen<int> Delay = OneOf(0, 0, 0, 1, 2, 7, 15, 25, 31, 61, 65, 125, 331, 1_200, 3_600, 10_800);

    private static readonly Gen<FlagStep> Step =
        from wait in OneOf(1, 3, 10, 40, 70, 400, 2_000)
        from conversation in Gen.Int[0, 2]
        from delay in Delay
        from repeats in Delay.Array[0, 2]
        from isTriedTwice in Gen.Int[0, 9]
        from isRestart in Gen.Int[0, 9]
        from brand in Gen.Int[0, 3]
        select new FlagStep(wait, conversation, delay, [.. repeats.Where(repeat => repeat > 0)], isTriedTwice == 0, isRestart == 0, brand == 0);

    private static readonly Gen<FlagStep[]> History = Step.Array[1, 10];

    [Theory]
    [InlineData(FlagHelpdesk.Gladly)]
    [InlineData(FlagHelpdesk.GladlyWithoutList)]
    [InlineData(FlagHelpdesk.Kustomer)]
    [InlineData(FlagHelpdesk.LaggingKustomer)]
    [InlineData(FlagHelpdesk.Generic)]
    public Task Flag_says_what_is_true_after_every_history(FlagHelpdesk helpdesk) => History.SampleAsync(
        async steps =>
        {
            using var world = new FlagWorld(helpdesk, severalAccounts: false);
            await world.PlayAsync(steps);
            return world.IsRight;
        },
        iter: Histories,
        print: steps => string.Join("; ", steps.Select(step => $"{step}")));

    [Theory]
    [InlineData(FlagHelpdesk.Kustomer)]
    [InlineData(FlagHelpdesk.Generic)]
    public Task Flag_of_each_account_is_cleared_at_last_when_conversations_change_their_brand(FlagHelpdesk helpdesk) => History.SampleAsync(
        async steps =>
        {
            using var world = new FlagWorld(helpdesk, severalAccounts: true);
            await world.PlayAsync(steps);
            return world.IsRight;
        },
        iter: Histories / 5,
        print: steps => string.Join("; ", steps.Select(step => $"{step}")));

    [Fact]
    public async Task Opening_that_comes_after_its_close_while_the_helpdesks_answer_lags_is_looked_at_again()
    {
        using var world = new FlagWorld(FlagHelpdesk.LaggingKustomer, severalAccounts: false);

        await world.PlayAsync([new FlagStep(3, 0, 15, [], false, false, false), new FlagStep(3, 0, 7, [], false, false, false)]);

        world.IsRight.ShouldBeTrue();
    }

    private static Gen<int> OneOf(params int[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
