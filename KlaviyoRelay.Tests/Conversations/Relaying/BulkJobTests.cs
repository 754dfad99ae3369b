using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>How emails' events are packed into jobs.</summary>
public sealed class BulkJobTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Email_with_as_many_events_as_a_job_holds_is_packed_as_it_is()
    {
        Delivery[][] emails = [Email("ann@shop.example", 1), Email("bob@shop.example", KlaviyoEventWriter.MaxEvents)];

        var jobs = BulkJob.Pack(emails);

        jobs.Select(job => job.Emails.ShouldHaveSingleItem()).ShouldBe(emails);
        jobs[1].Emails[0].ShouldBeSameAs(emails[1]);
    }

    [Fact]
    public void Email_with_more_events_goes_on_in_the_next_job_beside_one_that_has_few()
    {
        Delivery[][] emails = [Email("ann@shop.example", 1), Email("bob@shop.example", KlaviyoEventWriter.MaxEvents + 1)];

        var jobs = BulkJob.Pack(emails);

        jobs.Select(job => job.Count).ShouldBe([1, KlaviyoEventWriter.MaxEvents, 1]);
        jobs.SelectMany(job => job.Deliveries).ShouldBe(emails.SelectMany(email => email));
    }

    private Delivery[] Email(string email, int events) => [.. Enumerable.Range(0, events).Select(number => Delivery.Of(
        new RelayMessageBuilder().Id($"e{number}").Message, _relay.Connection("gladly"), _relay.Account("main"), [email]).Single())];
}
