using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Helpdesks;

/// <summary>The helpdesks' webhooks, with each vendor's own tries.</summary>
internal sealed class Senders(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // When no trouble has happened for this long, every webhook has to be accepted.
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(2);

    // developer.gladly.com/rest, Webhooks; developer.kustomer.com/docs/events/delivery-and-retries. The generic one is made up.
    private static readonly TimeSpan[] GladlyWaits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];
    private static readonly TimeSpan[] KustomerWaits = [.. new[] { 1, 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes))];
    private static readonly TimeSpan[] DeskWaits = [.. new[] { 1, 5, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>Webhooks that are still to be sent.</summary>
    public int Open { get; private set; }

    public int Attempts { get; private set; }

    public void SendAll()
    {
        foreach (var happening in world.Ledger.All)
        {
            var delay = world.Dice.Chance(0.93) ? world.Dice.Milliseconds(50, 1500) : world.Dice.Milliseconds(1500, 60_000);
            Open++;
            // Gladly sometimes sends no webhook. The relay then learns of the event by recovery alone, which runs twice in 35 minutes.
            if (happening.Connection == Names.Gladly && world.Dice.Chance(0.08))
            {
                world.Timeline.After(happening.Step.At + TimeSpan.FromMinutes(35), () => Open--);
                continue;
            }

            world.Timeline.After(happening.Step.At + delay, () => _ = SendAsync(happening));
        }
    }

    /// <summary>A webhook that was delivered comes again.</summary>
    public void Repeat(int which)
    {
        var accepted = world.Ledger.All.Where(happening => happening.AcceptedAt is not null).ToList();
        if (accepted.Count > 0)
        {
            Open++;
            _ = SendAsync(accepted[which % accepted.Count]);
        }
    }

    /// <summary>A webhook with wrong credentials.</summary>
    public async Task ForgeAsync(int which)
    {
        var happening = world.Ledger.All[which % world.Ledger.All.Count];
        if (world.Apps.Pick() is { } instance && await PostAsync(instance, happening, isForged: true) is { } outcome and not (WebhookOutcome.Unauthorized or WebhookOutcome.Unavailable))
        {
            world.Violate(RuleNames.Answer, $"A forged webhook of {happening.Connection} is answered {outcome.Status} {outcome.Name}.");
        }
    }

    private async Task SendAsync(Happening happening)
    {
        var waits = happening.Connection switch { Names.Gladly => GladlyWaits, Names.Desk => DeskWaits, _ => KustomerWaits };
        for (var attempt = 0; !await TryAsync(happening) && attempt < waits.Length; attempt++)
        {
            await world.Timeline.WaitAsync(waits[attempt] * world.Dice.Between(0.95, 1.1));
        }

        Open--;
    }

    private async Task<bool> TryAsync(Happening happening)
    {
        Attempts++;
        if (world.Weather.Meets(TroubleKind.WebhooksCut, happening.Connection) is not null || world.Apps.Pick() is not { } instance)
        {
            world.Story.Tell($"A webhook of {happening} does not arrive");
            return false;
        }

        var outcome = await PostAsync(instance, happening, isForged: false);
        world.Story.Tell($"A webhook of {happening} is answered {outcome?.Name ?? "by nothing"}");
        switch (outcome)
        {
            case WebhookOutcome.Accepted accepted:
                happening.AcceptedAt ??= world.Now;
                happening.HasWrongTime |= (instance.Clock.GetUtcNow() - world.Timeline.Time).Duration() > TimeSpan.FromMinutes(1);
                happening.MessageId = accepted.Ids[0];
                return world.Weather.Meets(TroubleKind.WebhookAnswersLost, happening.Connection) is null;
            case null or WebhookOutcome.Unavailable or WebhookOutcome.TooMany or WebhookOutcome.Incomplete when world.Weather.IsCalmFor(Calm):
                world.Violate(RuleNames.Time, $"A webhook of {happening} was not accepted ({outcome?.Name ?? "no answer"}), although nothing was wrong.");
                return false;
            case null or WebhookOutcome.Unavailable or WebhookOutcome.TooMany or WebhookOutcome.Incomplete:
                return false;
            default:
                world.Violate(RuleNames.Answer, $"A webhook of {happening} is answered {outcome.Status} {outcome.Name}.");
                return true;
        }
    }

    private Task<WebhookOutcome?> PostAsync(Instance instance, Happening happening, bool isForged)
    {
        var body = Encoding.UTF8.GetBytes(WebhookBodies.Of(happening));
        var (name, value) = CredentialsOf(happening.Connection, body, isForged);
        var request = new WebhookRequest(
            happening.Connection, "application/json", body.Length, new MemoryStream(body),
            header => header == name ? value : header == "X-Zendesk-Webhook-Invocation-Id" && happening.Connection == Names.Desk ? happening.Id : null);
        return Requests.AskAsync(world, instance, Patience, token => instance.ReceiveAsync(request, token));
    }

    private static (string Name, string Value) CredentialsOf(string connection, byte[] body, bool isForged) => connection switch
    {
        Names.Gladly => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Settings.GladlyUser}:{(isForged ? "wrong" : Settings.GladlyPassword)}"))),
        Names.Desk => ("X-Webhook-Token", isForged ? "wrong" : Settings.DeskToken),
        _ => (Simulator.Webhooks.KustomerWebhooks.SignatureHeader, Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(isForged ? "wrong" : Settings.KustomerToken), body))),
    };
}
