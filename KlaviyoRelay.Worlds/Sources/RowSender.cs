using System.Text;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Sources;

/// <summary>The programs that post rows. Each posts its body again until it is taken.</summary>
internal sealed class RowSender(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Bodies that are still to be taken.</summary>
    public int Open { get; private set; }

    public void SendAll()
    {
        foreach (var upload in world.Plan.Uploads)
        {
            Open++;
            world.Timeline.At(upload.At.Ticks, () => _ = SendAsync(upload));
        }
    }

    private async Task SendAsync(Upload upload)
    {
        while (!await TryAsync(upload))
        {
            await world.Timeline.WaitAsync(world.Dice.Between(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3)));
        }

        Open--;
    }

    private async Task<bool> TryAsync(Upload upload)
    {
        if (world.Weather.Meets(TroubleKind.WebhooksCut, Names.Rows) is not null || world.Apps.Pick() is not { } instance)
        {
            return false;
        }

        var outcome = await Requests.AskAsync(world, instance, Patience, token => instance.ReceiveRowsAsync(Request(upload), token));
        world.Story.Tell($"Body {upload.Number} of {upload.Sync} is answered {outcome?.GetType().Name ?? "by nothing"}");
        switch (outcome)
        {
            case RowsOutcome.Accepted accepted:
                world.RowBook.Accepted(upload, accepted.Run);
                return world.Weather.Meets(TroubleKind.WebhookAnswersLost, Names.Rows) is null;
            case null or RowsOutcome.Unavailable:
                return false;
            default:
                world.Violate(RuleNames.Answer, $"Body {upload.Number} of {upload.Sync} is answered {outcome.GetType().Name}.");
                return true;
        }
    }

    private static RowsRequest Request(Upload upload) =>
        new(upload.Sync, new RowsCredential($"Bearer {Settings.RowsSecret}"), "application/x-ndjson", ContentEncoding: null, IdempotencyKey: null, new MemoryStream(Body(upload)))
        {
            Run = upload.Run,
            Part = upload.Run is null ? null : FormattableString.Invariant($"{upload.Part}"),
        };

    private static byte[] Body(Upload upload)
    {
        var body = new StringBuilder();
        foreach (var row in upload.Rows)
        {
            body.Append(upload.Sync == Names.Orders
                ? FormattableString.Invariant($$"""{"email":"{{row.Email}}","order_id":"order-{{row.Key}}","at":{{RowBook.SecondOf(row)}},"total":{{row.Number}}}""")
                : FormattableString.Invariant($$"""{"email":"{{row.Email}}","points":{{row.Number}}}""")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
