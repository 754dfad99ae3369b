using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Rules;

/// <summary>Where Klaviyo takes an event of an email later, the email's later events of the same batch wait behind it.</summary>
internal sealed class Turns(World world)
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);

    // Of the batches in hand.
    private readonly List<(TimeSpan At, string Message, string Email)> _waiting = [];
    private readonly Dictionary<(string Account, string Event, string Email), TimeSpan> _got = [];

    /// <summary>An event of an email waits in a letter.</summary>
    public void Waits(DeadLetter letter)
    {
        if (letter is { Reason: DeadLetterReason.Throttled or DeadLetterReason.Unavailable, Message.Payload: ConversationWork { Emails: { } emails } }
            && letter.Detail.StartsWith("Klaviyo ", StringComparison.Ordinal))
        {
            _waiting.AddRange(emails.Select(email => (world.Now, letter.Message.Id, email.ToLowerInvariant())));
        }
    }

    /// <summary>Letters that are released together go into the queue in the order of time.</summary>
    public void Sent(string queue, IReadOnlyList<QueueMessage> messages)
    {
        if (queue != QueueNames.ConversationEvents || messages.Count < 2)
        {
            return;
        }

        var released = messages.Where(message => message.NotBefore is null).Select(message => RelayWork.Reader.Read(message.Body)).OfType<RelayMessage>().Where(message => message.FirstFailureAt is not null).ToList();
        foreach (var (earlier, later) in released.Zip(released.Skip(1)).Where(pair => pair.First.Payload.OccurredAt > pair.Second.Payload.OccurredAt))
        {
            world.Violate(RuleNames.Order, $"{earlier.Id} of {earlier.Payload.OccurredAt:O} was released before {later.Id} of {later.Payload.OccurredAt:O}.");
        }
    }

    /// <summary>Klaviyo got an event of an email, for the first time or again.</summary>
    public void Got(Happening happening, string email) => _got[(happening.Account, happening.Id, email.ToLowerInvariant())] = world.Now;

    /// <summary>A batch is done.</summary>
    /// <param name="bodies">Its messages, in order.</param>
    /// <param name="begun">When it began.</param>
    public void Check(IReadOnlyList<string> bodies, TimeSpan begun)
    {
        var waiting = _waiting.Where(one => one.At >= begun).ToHashSet();
        // What was given up earlier may be carried out now.
        if (waiting.Count == 0 || world.Plan.Troubles.Any(trouble => trouble.Kind == TroubleKind.KlaviyoHangs && trouble.From < world.Now && trouble.Until > begun - LongestTry))
        {
            return;
        }

        var behind = new Dictionary<string, string>(StringComparer.Ordinal);
        // Azurite keeps repeats: an event that came before the one that waits can come after it once more.
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in bodies.Select(RelayWork.Reader.Read).OfType<RelayMessage>())
        {
            foreach (var (email, first) in behind)
            {
                // One job holds both: Klaviyo carried it out, and its answer was lost.
                var waitsToo = waiting.Any(one => one.Message == message.Id && one.Email == email);
                if (!waitsToo && world.Ledger.Find(message) is { } later && !earlier.Contains(later.Id) && _got.TryGetValue((message.Account, later.Id, email), out var got) && got >= begun)
                {
                    world.Violate(RuleNames.Order, $"{later} for {email} was sent to Klaviyo, although {first} waits, which came before it.");
                }
            }

            foreach (var (_, _, email) in waiting.Where(one => one.Message == message.Id))
            {
                behind.TryAdd(email, world.Ledger.Find(message)?.Id ?? message.Id);
            }

            earlier.Add(world.Ledger.Find(message)?.Id ?? message.Id);
        }
    }
}
