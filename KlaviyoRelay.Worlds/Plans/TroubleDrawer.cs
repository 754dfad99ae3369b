using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Plans;

/// <summary>Draws what goes wrong, and when.</summary>
internal static class TroubleDrawer
{
    private static readonly TroubleKind[] Kinds = [.. Enum.GetValues<TroubleKind>()];

    public static IEnumerable<Trouble> Draw(Dice dice, TimeSpan length, Town town)
    {
        // One world in eight has none, and some have many.
        var perHour = dice.Pick(0, 0.5, 0.5, 1.0, 1.0, 2.0, 2.0, 4.0);
        var count = (int)Math.Ceiling(perHour * length.TotalHours);
        for (var number = 0; number < count; number++)
        {
            var kind = dice.Pick(Kinds);
            var from = dice.Between(TimeSpan.Zero, length);
            var time = LengthOf(dice, kind);
            var until = from + time < length ? from + time : length;
            yield return new Trouble(kind, TargetOf(dice, kind, town), from, until, dice.Pick(1.0, 1.0, 0.5, 0.2), dice.Below(1 << 20));
        }
    }

    private static TimeSpan LengthOf(Dice dice, TroubleKind kind) => kind switch
    {
        TroubleKind.Stopped or TroubleKind.Killed or TroubleKind.KilledAtRequest => dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(3)),
        TroubleKind.WebhookAnswersLost or TroubleKind.QueueAnswersLost or TroubleKind.CompletesLost or TroubleKind.StoreLosesAnswers => dice.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)),
        _ => dice.Pick(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(40)) * dice.Between(0.5, 1.5),
    };

    private static string TargetOf(Dice dice, TroubleKind kind, Town town) => kind switch
    {
        <= TroubleKind.KeyRotated => dice.Pick(Names.Accounts),
        <= TroubleKind.HelpdeskShowsPages => dice.Pick(Names.Gladly, Names.Kustomer, Names.Brands),
        <= TroubleKind.WebhookAnswersLost => dice.Pick([.. Names.Connections, Names.Rows]),
        TroubleKind.QueueFull => dice.Pick(QueueNames.ConversationEvents, QueueNames.Records, QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected),
        <= TroubleKind.QueueAnswersLost => dice.Pick(QueueNames.ConversationEvents, QueueNames.ConversationEvents, QueueNames.Records, QueueNames.Records, QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected),
        TroubleKind.CompletesLost => dice.Pick(QueueNames.ConversationEvents, QueueNames.Records, QueueNames.DeadLetterThrottled),
        TroubleKind.StoreAway or TroubleKind.StoreHangs or TroubleKind.StoreLosesAnswers or TroubleKind.VaultAway => "",
        _ => InstanceName(dice.Below(town.Instances)),
    };

    public static string InstanceName(int number) => FormattableString.Invariant($"app-{number}");
}
