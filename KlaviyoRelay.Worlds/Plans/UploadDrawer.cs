using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Plans;

/// <summary>Draws which rows are posted, and when.</summary>
internal static class UploadDrawer
{
    private const int MostRows = 2000;

    // A job has 1,000 events, so these are two chunks.
    private const int Many = 1005;

    /// <summary>Draws the uploads of a world, half of them while something is wrong: few rows come, and they must meet what can be.</summary>
    public static IReadOnlyList<Upload> Draw(Dice dice, TimeSpan length, IReadOnlyList<Trouble> troubles)
    {
        var uploads = new List<Upload>();
        for (var runs = dice.Pick(0, 1, 1, 2, 3); runs > 0; runs--)
        {
            var sync = dice.Pick(Names.Syncs);
            var at = troubles.Count > 0 && dice.Chance(0.5) ? During(dice, dice.Pick(troubles)) : dice.Between(TimeSpan.Zero, length);
            var parts = dice.Chance(0.3) ? 2 : 1;
            var run = parts > 1 ? FormattableString.Invariant($"nightly-{runs}") : null;
            for (var part = 1; part <= parts; part++)
            {
                uploads.Add(new Upload(uploads.Count, sync, run, part, at + dice.About(TimeSpan.FromSeconds(20)), Rows(dice, sync, uploads.Count * MostRows)));
            }
        }

        return uploads;
    }

    private static TimeSpan During(Dice dice, Trouble trouble) => dice.Between(trouble.From, trouble.Until);

    // From the last row on: a superseded one has the key of the one after it.
    private static List<PlannedRow> Rows(Dice dice, string sync, int first)
    {
        var count = sync == Names.Orders && dice.Chance(0.2) ? Many : dice.Pick(1, 3, 4, 6, 12);
        // Each row that is refused costs requests.
        var plain = first + Math.Max(0, count - 12);
        var rows = new List<PlannedRow>();
        for (var number = first + count - 1; number >= first; number--)
        {
            if (number < plain)
            {
                rows.Add(new PlannedRow(number, number, RowFate.Taken));
                continue;
            }

            var isSuperseded = rows is [.., { Fate: not RowFate.Malformed }] && dice.Chance(0.1);
            rows.Add(isSuperseded ? new PlannedRow(number, rows[^1].Key, RowFate.Superseded) : new PlannedRow(number, number, Fate(dice, sync)));
        }

        rows.Reverse();
        return rows;
    }

    private static RowFate Fate(Dice dice, string sync) => dice.Below(14) switch
    {
        0 => RowFate.Malformed,
        1 => RowFate.Refused,
        // Klaviyo says nothing of events that it has taken.
        2 when sync != Names.Orders => RowFate.Failed,
        _ => RowFate.Taken,
    };
}
