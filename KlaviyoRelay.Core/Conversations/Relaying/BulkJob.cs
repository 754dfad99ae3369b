using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What goes into one bulk request.</summary>
public sealed class BulkJob(IReadOnlyList<Delivery[]> emails)
{
    public static BulkJob Empty { get; } = new([]);

    /// <summary>The events of each email, in order.</summary>
    public IReadOnlyList<Delivery[]> Emails { get; } = emails;

    /// <summary>How many events it holds.</summary>
    public int Count { get; } = emails.Sum(email => email.Length);

    public IEnumerable<Delivery> Deliveries
    {
        get
        {
            foreach (var email in Emails)
            {
                foreach (var delivery in email)
                {
                    yield return delivery;
                }
            }
        }
    }

    /// <summary>Jobs of at most 1,000 events. An email that has more goes on in the next job.</summary>
    public static IReadOnlyList<BulkJob> Pack(IReadOnlyList<Delivery[]> emails)
    {
        var jobs = new List<BulkJob>();
        var page = new List<Delivery[]>();
        var count = 0;
        foreach (var email in emails.All(email => email.Length <= KlaviyoEventWriter.MaxEvents) ? emails : emails.SelectMany(email => email.Chunk(KlaviyoEventWriter.MaxEvents)))
        {
            if (count + email.Length > KlaviyoEventWriter.MaxEvents)
            {
                jobs.Add(new BulkJob(page));
                page = [];
                count = 0;
            }

            page.Add(email);
            count += email.Length;
        }

        return [.. jobs, new BulkJob(page)];
    }

    public RequestBody Write() => KlaviyoEventWriter.Write([.. Emails.Select(email => Array.ConvertAll(email, delivery => delivery.Event))]);

    /// <summary>Two jobs that together hold the same, in order.</summary>
    public (BulkJob First, BulkJob Second) Halves()
    {
        if (Emails is [var only])
        {
            return (new([only[..(only.Length / 2)]]), new([only[(only.Length / 2)..]]));
        }

        return (new([.. Emails.Take(Emails.Count / 2)]), new([.. Emails.Skip(Emails.Count / 2)]));
    }

    /// <summary>
    /// The first event of one email, and the job without it. The email is chosen by the event's id, which is as good as
    /// chance: what is wrong may come in a row or in a pattern.
    /// </summary>
    public (BulkJob One, BulkJob Others) TakeOne()
    {
        var chosen = Emails.MinBy(email => email[0].Event.UniqueId, StringComparer.Ordinal) ?? throw new InvalidOperationException("The job is empty.");
        var others = Emails.Select(email => email == chosen ? email[1..] : email).Where(email => email.Length > 0);
        return (new BulkJob([chosen[..1]]), new BulkJob([.. others]));
    }

    /// <summary>What the errors name, each with what Klaviyo said of it, and the job without.</summary>
    public (IReadOnlyList<(Delivery Delivery, string Detail)> Named, BulkJob Others) Without(IReadOnlyList<KlaviyoRefusal> errors)
    {
        var named = new Dictionary<Delivery, string>(ReferenceEqualityComparer.Instance);
        foreach (var error in errors)
        {
            foreach (var delivery in At(error.Place))
            {
                named.TryAdd(delivery, error.Detail);
            }
        }

        var rest = Emails.Select(email => email.Where(delivery => !named.ContainsKey(delivery)).ToArray()).Where(email => email.Length > 0);
        return ([.. named.Select(pair => (pair.Key, pair.Value))], new BulkJob([.. rest]));
    }

    // An error in an email's profile is one of all of its events.
    private IEnumerable<Delivery> At((int Entry, int? Event)? place)
    {
        if (place is not { } named || named.Entry >= Emails.Count)
        {
            return [];
        }

        var deliveries = Emails[named.Entry];
        return named.Event is not { } number ? deliveries : deliveries.Skip(number).Take(1);
    }
}
