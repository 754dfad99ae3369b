using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Time.Testing;

namespace KlaviyoRelay.Tests.Conversations.State;

/// <summary>The revisions of customers, on each store that the record has.</summary>
public abstract class RecordedRevisionsSuite
{
    private const string Email = "jane@shop.example";

    private readonly string _connection = $"desk_{Guid.NewGuid():N}"[..32];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revision_is_found_by_connection_customer_and_the_email_in_whatever_case()
    {
        var revisions = Revisions();

        (await FindAsync(revisions, Email, "c1")).ShouldBeNull();
        (await revisions.SaveAsync(_connection, Email, "c1", 7, Cancellation)).ShouldBeNull();

        (await FindAsync(revisions, "JANE@shop.example", "c1")).ShouldBe(7);
        (await FindAsync(revisions, Email, "c2")).ShouldBeNull();
        (await FindAsync(revisions, "other@shop.example", "c1")).ShouldBeNull();
    }

    [Fact]
    public async Task Higher_revision_stays()
    {
        var revisions = Revisions();
        await revisions.SaveAsync(_connection, Email, "c1", 7, Cancellation);

        (await revisions.SaveAsync(_connection, Email, "c1", 6, Cancellation)).ShouldBeNull();
        (await FindAsync(revisions, Email, "c1")).ShouldBe(7);

        await revisions.SaveAsync(_connection, Email, "c1", 8, Cancellation);
        (await FindAsync(revisions, Email, "c1")).ShouldBe(8);
    }

    private protected abstract IConversationStore Store();

    private protected RecordedRevisions Revisions()
    {
        var settings = TestSettings.With(("Secrets__conversationRecordKey", "0123456789abcdef"));
        return new RecordedRevisions(Store(), new CustomerKeys(new ConfigurationSecretStore(settings), new StateOptions()), new FakeTimeProvider(TestClock.Start));
    }

    private async Task<long?> FindAsync(RecordedRevisions revisions, string email, string customer) =>
        (await revisions.FindAsync(_connection, email, customer, Cancellation)).Value.ShouldNotBeNull().Rev;
}

public sealed class InMemoryRevisionsTests : RecordedRevisionsSuite
{
    private readonly InMemoryConversationStore _store = new();

    [Fact]
    public async Task Store_that_is_away_is_a_failure_that_a_later_try_may_mend()
    {
        _store.Down = new ConversationStoreException(isProvisioned: true, "Away: look.");

        (await Revisions().FindAsync("desk", "jane@shop.example", "c1", TestContext.Current.CancellationToken)).Failure.ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, "Away: look."));
        (await Revisions().SaveAsync("desk", "jane@shop.example", "c1", 1, TestContext.Current.CancellationToken)).ShouldNotBeNull().IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Revision_that_is_there_is_not_written_again()
    {
        await Revisions().SaveAsync("desk", "jane@shop.example", "c1", 7, TestContext.Current.CancellationToken);
        var row = _store.Rows.ShouldHaveSingleItem().Row;
        // Closed, so that it is deleted as soon as a closed conversation.
        (row.IsOpen, row.Rev, row.ChangedAt).ShouldBe((false, 7, TestClock.Start));

        await Revisions().SaveAsync("desk", "jane@shop.example", "c1", 7, TestContext.Current.CancellationToken);

        _store.Rows.ShouldHaveSingleItem().Row.ShouldBe(row);
    }

    [Fact]
    public async Task Save_that_meets_another_each_time_is_given_up_after_eight_tries()
    {
        await Revisions().SaveAsync("desk", "jane@shop.example", "c1", 7, TestContext.Current.CancellationToken);
        var reads = 0;
        _store.AfterRead = async () =>
        {
            reads++;
            var (partition, row) = _store.Rows.ShouldHaveSingleItem();
            await _store.TryWriteAsync(partition, [row], TestContext.Current.CancellationToken);
        };

        var failure = await Revisions().SaveAsync("desk", "jane@shop.example", "c1", 8, TestContext.Current.CancellationToken);

        failure.ShouldNotBeNull().Reason.ShouldBe(DeadLetterReason.Unavailable);
        reads.ShouldBe(8);
    }

    private protected override IConversationStore Store() => _store;
}
