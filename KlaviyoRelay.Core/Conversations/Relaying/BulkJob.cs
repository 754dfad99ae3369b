using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What goes into one bulk request.</summary>
internal sealed class BulkJob(IReadOnlyList<EmailDeliveries> emails)
{
    public static BulkJob Empty { get; } = new([]);

    public IReadOnlyList<EmailDeliveries> Emails { get; } = emails;

    /// <summary>How many events it holds.</summary>
    public int Count { get; } = emails.Sum(email => email.Deliveries.Length);

    public IReadOnlyList<Delivery> Deliveries => field ??= [.. Emails.SelectMany(email => email.Deliveries)];

    /// <summary>Jobs of at most 1,000 events. An email that has more goes on in the next job.</summary>
    public static IReadOnlyList<BulkJob> Pack(IReadOnlyList<EmailDeliveries> emails)
    {
        var jobs = new List<BulkJob>();
        var page = new List<EmailDeliveries>();
        var count = 0;
        foreach (var email in emails.All(FitsOneJob) ? emails : emails.SelectMany(Parts))
        {
            if (count + email.Deliveries.Length > KlaviyoBulkWriter.MaxEvents)
            {
                jobs.Add(new BulkJob(page));
                page = [];
                count = 0;
            }

            page.Add(email);
            count += email.Deliveries.Length;
        }

        if (page.Count > 0)
        {
            jobs.Add(new BulkJob(page));
        }

        return jobs;
    }

    public JsonBody Write()
    {
        // Events differ little in length, so the first tells how large the buffer should be.
        var writer = new KlaviyoBulkWriter(Count, Emails[0].Deliveries[0].Content.Members.Length);
        foreach (var email in Emails)
        {
            writer.Add(email.Email, email.Deliveries.AsSpan());
        }

        return writer.End();
    }

    /// <summary>Two jobs that together hold the same, in order.</summary>
    public (BulkJob First, BulkJob Second) Halves()
    {
        if (Emails is [var only])
        {
            var half = only.Deliveries.Length / 2;
            return (new([only with { Deliveries = [.. only.Deliveries.Take(half)] }]), new([only with { Deliveries = [.. only.Deliveries.Skip(half)] }]));
        }

        return (new([.. Emails.Take(Emails.Count / 2)]), new([.. Emails.Skip(Emails.Count / 2)]));
    }

    /// <summary>
    /// The first event of one email, and the job without it. The email is chosen by the event's id, which is as good as
    /// chance: what is wrong may come in a row or in a pattern.
    /// </summary>
    public (BulkJob One, BulkJob Others) TakeOne()
    {
        var (index, chosen) = Emails.Index().MinBy(email => email.Item.Deliveries[0].UniqueId.Beginning);
        var others = Emails.ToList();
        others[index] = chosen with { Deliveries = chosen.Deliveries[1..] };
        others.RemoveAll(email => email.Deliveries.Length == 0);
        return (new BulkJob([chosen with { Deliveries = chosen.Deliveries[..1] }]), new BulkJob(others));
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

        var rest = Emails
            .Select(email => email with { Deliveries = [.. email.Deliveries.Where(delivery => !named.ContainsKey(delivery))] })
            .Where(email => email.Deliveries.Length > 0);
        return ([.. named.Select(pair => (pair.Key, pair.Value))], new BulkJob([.. rest]));
    }

    private static bool FitsOneJob(EmailDeliveries email) => email.Deliveries.Length <= KlaviyoBulkWriter.MaxEvents;

    private static IEnumerable<EmailDeliveries> Parts(EmailDeliveries email) => FitsOneJob(email)
        ? [email]
        : email.Deliveries.Chunk(KlaviyoBulkWriter.MaxEvents).Select(part => email with { Deliveries = part });

    // An error in an email's profile is one of all of its events.
    private IEnumerable<Delivery> At((int Entry, int? Event)? place)
    {
        if (place is not { } named || named.Entry >= Emails.Count)
        {
            return [];
        }

        var deliveries = Emails[named.Entry].Deliveries;
        return named.Event is not { } number ? deliveries : deliveries.Skip(number).Take(1);
    }
}
