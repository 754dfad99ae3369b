using System.Net;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Many conversations, by default half of them Gladly's and half Kustomer's, each of a customer of its own.</summary>
internal sealed class ConversationLoad
{
    private const int ParallelWebhooks = 16;
    private const string Domain = "klaviyo-demo.com";

    private ConversationLoad(IEnumerable<Conversation> conversations) => Conversations = [.. conversations];

    public IReadOnlyList<Conversation> Conversations { get; }

    /// <summary>What must be recorded, in any order, each exactly once.</summary>
    public IReadOnlyList<(string Metric, string Email)> Expected => [.. Conversations.SelectMany(conversation => conversation.Events)];

    /// <summary>Customers with one to five emails.</summary>
    public static ConversationLoad Varied(int conversations) => new(Enumerable.Range(0, conversations)
        .Select(number => Create("load", number, number, isGladly: number % 2 == 0, emails: 1 + (number % 5))));

    /// <summary>Customers with as many emails each.</summary>
    /// <param name="conversations">How many conversations.</param>
    /// <param name="name">The beginning of all ids and addresses.</param>
    /// <param name="perCustomer">How many conversations in a row a customer has.</param>
    /// <param name="emails">How many emails a customer has.</param>
    public static ConversationLoad Of(int conversations, string name = "load", int perCustomer = 1, int emails = 5) => new(Enumerable.Range(0, conversations)
        .Select(number => Create(name, number, number / perCustomer, isGladly: number / perCustomer % 2 == 0, emails)));

    /// <summary>Gladly's alone.</summary>
    public ConversationLoad Gladly => new(Conversations.Where(conversation => conversation.IsGladly));

    /// <summary>Kustomer's alone.</summary>
    public ConversationLoad Kustomer => new(Conversations.Where(conversation => !conversation.IsGladly));

    /// <summary>The first ones.</summary>
    public ConversationLoad Take(int count) => new(Conversations.Take(count));

    /// <summary>All but the first ones.</summary>
    public ConversationLoad Skip(int count) => new(Conversations.Skip(count));

    /// <summary>With another address in the place of one.</summary>
    public ConversationLoad Replace(string email, string by) => new(Conversations
        .Select(conversation => conversation with { Emails = [.. conversation.Emails.Select(one => one == email ? by : one)] }));

    public async Task SeedAsync(SimulatorControl simulator, CancellationToken cancellationToken)
    {
        await simulator.SeedAsync([.. Conversations.DistinctBy(conversation => conversation.CustomerId).Select(conversation => conversation.Customer)], cancellationToken);
        await simulator.SeedConversationsAsync([.. Conversations.Select(conversation => conversation.Stored)], cancellationToken);
    }

    /// <summary>Posts a webhook per conversation, some at a time; every one must be accepted.</summary>
    public Task PostAsync(WebhookSender webhooks, CancellationToken cancellationToken) => ForEachAsync(
        async (conversation, token) =>
        {
            using var answer = await conversation.PostAsync(webhooks, token);
            UnmetException.ThrowUnless(answer.StatusCode == HttpStatusCode.Accepted, () => $"A webhook was answered {(int)answer.StatusCode} and should have been accepted.");
        },
        cancellationToken);

    public Task ForEachAsync(Func<Conversation, CancellationToken, ValueTask> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Conversations, new ParallelOptions { MaxDegreeOfParallelism = ParallelWebhooks, CancellationToken = cancellationToken }, action);

    private static Conversation Create(string name, int number, int customer, bool isGladly, int emails) => new(
        Id: $"{name}-conversation-{number}",
        CustomerId: $"{name}-{customer}",
        isGladly,
        [.. Enumerable.Range(1, emails).Select(email => $"{name}{customer}.{email}@{Domain}")]);
}
