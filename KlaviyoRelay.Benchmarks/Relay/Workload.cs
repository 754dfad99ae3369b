using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>
/// What every row works on: conversations that Kustomer reports as created just now, each of a customer of its own
/// who has five emails. Kustomer, because its webhooks are signed and its events carry properties.
/// </summary>
internal static class Workload
{
    public const int Emails = 5;

    public const string Connection = "kustomer";

    public const string Account = "main";

    public const string ProfileProperty = "In Kustomer Conversation";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static string Time { get; } = Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string ConnectionOf(int account) => account == 0 ? Connection : $"{Connection}{account}";

    public static string AccountOf(int account) => account == 0 ? Account : $"{Account}{account}";

    public static string ConversationId(int number) => $"6717c2b0e5b1f000{number:x8}";

    public static string CustomerId(int number) => $"6717c29de5b1f000{number:x8}";

    public static string Email(string customerId, int number) => $"customer.{customerId}.{number}@klaviyo-demo.com";

    public static string Subject(int number) => $"Where is my order #{number}?";

    public static string Link(int number) => $"https://acme.kustomerapp.com/app/customers/{CustomerId(number)}/event/{ConversationId(number)}";

    /// <summary>The message of the queue that a webhook becomes where everything is traced.</summary>
    public static QueueMessage QueueMessage(int number, int account = 0) => MessageWriter.ToQueueMessage(Message(number, account));

    /// <summary>The same, read.</summary>
    public static RelayMessage Message(int number, int account = 0) => RelayMessage.Fresh(new ConversationWork(Event(number, account)), acceptedAt: Now) with
    {
        Trace = new TraceContext($"00-{number + 1:x32}-{number + 1:x16}-01"),
    };

    private static ConversationEvent Event(int number, int account) => new()
    {
        Id = ConversationEventId.Of(ConnectionOf(account), "kustomer/Opened", ConversationId(number), EventId(number)),
        Connection = ConnectionOf(account),
        Account = AccountOf(account),
        Helpdesk = "kustomer",
        Kind = ConversationEventKind.Opened,
        ConversationId = ConversationId(number),
        CustomerId = CustomerId(number),
        OccurredAt = Now,
        InConversation = true,
        Subject = Subject(number),
        Channel = "email",
        Link = Link(number),
    };

    /// <summary>A webhook's body, and its signature.</summary>
    public static (byte[] Body, string Signature) Webhook(int number)
    {
        var body = Encoding.UTF8.GetBytes(KustomerWebhooks.Created(new Happening(EventId(number), ConversationId(number), CustomerId(number), Now) { Subject = Subject(number) }));
        return (body, Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(RelaySettings.KustomerToken), body)));
    }

    /// <summary>What Kustomer answers to a look-up.</summary>
    public static byte[] Customer(string id)
    {
        var emails = string.Join(',', Enumerable.Range(1, Emails).Select(number => $$"""{"type":"home","email":"{{Email(id, number)}}","verified":true}"""));
        return Encoding.UTF8.GetBytes($$$$"""{"data":{"type":"customer","id":"{{{{id}}}}","attributes":{"displayName":"A customer","emails":[{{{{emails}}}}],"conversationCounts":{"all":1,"done":0,"open":1,"snoozed":0} } } }""");
    }

    private static string EventId(int number) => $"6717c2b1e5b1f000{number:x8}";
}
