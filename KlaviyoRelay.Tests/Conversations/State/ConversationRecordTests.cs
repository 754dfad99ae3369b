using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Conversations.State;

public sealed class ConversationRecordTests : IDisposable
{
    private const string Ann = "ann@shop.example";

    private static readonly ConversationStoreException Missing = new(isProvisioned: false, "There is no table.");

    private readonly InMemoryConversationStore _store = new();
    private readonly RelayFixture _relay;
    private int _reads;

    public ConversationRecordTests()
    {
        _relay = Relay("a-key-of-the-tests");
        _store.AfterRead = () =>
        {
            _reads++;
            return Task.CompletedTask;
        };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ConversationRecord Record => _relay.Get<ConversationRecord>();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Store_that_is_missing_is_asked_again_after_a_minute()
    {
        _store.Down = Missing;
        (await UpdateAsync()).ShouldBeOfType<RecordUpdate<int>.NotProvisioned>();
        _store.Down = null;

        _relay.Clock.Advance(TimeSpan.FromSeconds(59));
        (await UpdateAsync()).ShouldBeOfType<RecordUpdate<int>.NotProvisioned>();
        _reads.ShouldBe(0);

        _relay.Clock.Advance(TimeSpan.FromSeconds(1));
        (await UpdateAsync()).ShouldBe(new RecordUpdate<int>.Done(1));
    }

    [Fact]
    public async Task Update_that_meets_another_each_time_is_given_up_after_eight_tries()
    {
        await UpdateAsync();
        _reads = 0;
        _store.AfterRead = async () =>
        {
            _reads++;
            foreach (var (partition, row) in _store.Rows.Where(row => row.Row.Key != "began"))
            {
                await _store.TryWriteAsync(partition, [row], Cancellation);
            }
        };

        var failed = (await UpdateAsync()).ShouldBeOfType<RecordUpdate<int>.Failed>();

        failed.Failure.Reason.ShouldBe(DeadLetterReason.Unavailable);
        _reads.ShouldBe(8);
    }

    [Fact]
    public async Task Beginning_is_read_once()
    {
        await UpdateAsync();
        _reads = 0;

        await UpdateAsync();

        _reads.ShouldBe(1);
    }

    [Fact]
    public async Task Record_begins_when_the_relay_starts_for_each_connection_that_needs_it()
    {
        using var beginning = new RecordBeginning(Record, _relay.Get<ConnectionRegistry>());
        _relay.Clock.Advance(TimeSpan.FromMinutes(3));

        await beginning.StartAsync(Cancellation);
        await beginning.ExecuteTask.ShouldNotBeNull();

        var (partition, row) = _store.Rows.ShouldHaveSingleItem();
        partition.ShouldBe("began-desk");
        // Open, so that it stays as long as an open conversation would.
        (row with { Version = null }).ShouldBe(new ConversationRow { Key = "began", IsOpen = true, Account = "", ChangedAt = TestClock.Start });
    }

    [Fact]
    public async Task Record_that_cannot_begin_does_not_keep_the_relay_from_starting()
    {
        _store.Down = Missing;

        await Record.BeginAsync("desk", Cancellation);

        _store.Rows.ShouldBeEmpty();
        _relay.Logs.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_says_that_the_store_cannot_be_used()
    {
        await Record.CheckAsync("desk", Cancellation);
        _store.Down = Missing;

        (await Should.ThrowAsync<ConversationStoreException>(Record.CheckAsync("desk", Cancellation))).ShouldBe(Missing);
    }

    [Theory]
    [InlineData("0123456789abcde")]
    [InlineData(null)]
    public async Task Check_says_that_the_key_is_too_short_or_missing(string? key)
    {
        using var relay = Relay(key);

        (await Should.ThrowAsync<ConversationStoreException>(relay.Get<ConversationRecord>().CheckAsync("desk", Cancellation))).IsProvisioned.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Erasing_needs_a_customer(string customer) =>
        await Should.ThrowAsync<ArgumentException>(() => _relay.Get<CustomerEraser>().ForgetAsync(customer, Cancellation));

    [Fact]
    public async Task Store_that_no_setting_names_says_what_to_set_whatever_is_asked_of_it()
    {
        var store = new MissingConversationStore("No store: set one.");
        Func<Task>[] calls =
        [
            () => store.ReadAsync("desk", Cancellation),
            () => store.TryWriteAsync("desk", [], Cancellation),
            () => store.DeleteAsync("desk", Cancellation),
            () => store.ExpireAsync(TestClock.Start, TestClock.Start, Cancellation),
        ];

        foreach (var call in calls)
        {
            var exception = await Should.ThrowAsync<ConversationStoreException>(call);
            (exception.IsProvisioned, exception.Message).ShouldBe((false, "No store: set one."));
        }
    }

    private RelayFixture Relay(string? key) => new(
        services => services.AddSingleton<IConversationStore>(_store), [("Secrets__conversationRecordKey", key), .. DeskWebhookBuilder.Settings()]);

    /// <summary>A customer's update that changes the record each time.</summary>
    private Task<RecordUpdate<int>> UpdateAsync() => Record.UpdateAsync(
        "desk",
        Ann,
        (known, _) =>
        {
            known.SetFlag("main", !known.FlaggedAccounts.Any(), _relay.Clock.GetUtcNow());
            return 1;
        },
        Cancellation);
}
