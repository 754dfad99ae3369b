using System.Globalization;
using KlaviyoRelay.Simulator.Control;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Webhooks;

/// <summary>Opens conversations and changes them, and writes the webhook that the helpdesk sends of it. Nobody is sent anything.</summary>
internal sealed class SampleConversations(HelpdeskStores helpdesks, TimeProvider time)
{
    private const string Open = "open";
    private const string Close = "close";
    private const string Reopen = "reopen";
    private const string Rate = "rate";

    // Kustomer has no webhook of its own for what was reopened, and Gladly's tell of no rating.
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        [GladlyApi.ServiceName] = [Open, Close, Reopen],
        [KustomerApi.ServiceName] = [Open, Close, Rate],
    };

    private static readonly string[] Customers = ["john", "maria", "jane", "casey"];

    // Ids that no earlier start has used.
    private readonly string _run = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    private int _ids;
    private int _opened;

    /// <summary>What can happen to a conversation, by helpdesk.</summary>
    public static Answer List() => JsonBytes.Answer(200, json =>
    {
        json.WriteStartObject();
        foreach (var (helpdesk, kinds) in Kinds)
        {
            json.WriteStartArray(helpdesk);
            Array.ForEach(kinds, json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    public Answer Change(ReadOnlyMemory<byte> body)
    {
        var (input, problem) = ControlInput.Read(body, ControlJsonContext.Default.WebhookInput);
        if (input is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        if (!Kinds.TryGetValue(input.Helpdesk ?? "", out var kinds) || helpdesks.Find(input.Helpdesk) is not { } store)
        {
            return ControlAnswer.Error(400, $"'helpdesk' must be one of {string.Join(", ", Kinds.Keys)}.");
        }

        if (input.What is not { } what || !kinds.Contains(what))
        {
            return ControlAnswer.Error(400, $"'what' must be one of {string.Join(", ", kinds)}.");
        }

        var conversation = what == Open ? New(input.Helpdesk ?? "") : store.FindConversation(input.Conversation ?? "");
        if (conversation is null)
        {
            return ControlAnswer.Error(404, $"There is no conversation '{input.Conversation}': open one first.");
        }

        var happened = new Happening($"webhook-{NextId()}", conversation.Id, conversation.CustomerId, time.GetUtcNow());
        var (status, webhook) = Write(input.Helpdesk == GladlyApi.ServiceName, what, happened);
        // Before the webhook is sent: a relay that asks the helpdesk learns the truth.
        store.Put([conversation with { Status = status, UpdatedAt = happened.At }]);
        return JsonBytes.Answer(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("conversation", conversation.Id);
            json.WriteString("customer", conversation.CustomerId);
            json.WriteString("signatureHeader", KustomerWebhooks.SignatureHeader);
            json.WriteString("body", webhook);
            json.WriteEndObject();
        });
    }

    private static (string Status, string Webhook) Write(bool isGladly, string what, Happening happened) => (isGladly, what) switch
    {
        (true, Close) => ("CLOSED", GladlyWebhooks.Conversation(GladlyWebhooks.Closed, happened)),
        (true, Reopen) => ("OPEN", GladlyWebhooks.Conversation(GladlyWebhooks.Reopened, happened)),
        (true, _) => ("OPEN", GladlyWebhooks.Conversation(GladlyWebhooks.Created, happened)),
        (false, Close) => (KustomerWebhooks.Done, KustomerWebhooks.StatusChanged(happened, KustomerWebhooks.Open, KustomerWebhooks.Done)),
        (false, Rate) => (KustomerWebhooks.Done, KustomerWebhooks.Rated(happened, rating: 5, score: 1)),
        _ => (KustomerWebhooks.Open, KustomerWebhooks.Created(happened)),
    };

    private Conversation New(string helpdesk)
    {
        var customer = Customers[Interlocked.Increment(ref _opened) % Customers.Length];
        return new Conversation($"try-{NextId()}", $"{helpdesk}-{customer}", "", time.GetUtcNow());
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _ids)}");
}
