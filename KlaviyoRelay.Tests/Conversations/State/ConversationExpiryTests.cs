using KlaviyoRelay.Core.Conversations.State;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Conversations.State;

public sealed class ConversationExpiryTests : IDisposable
{
    private readonly InMemoryConversationStore _store = new();
    private readonly RelayFixture _relay;

    public ConversationExpiryTests() => _relay = new(services => services.AddSingleton<IConversationStore>(_store));

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Closed_conversations_are_forgotten_after_30_days_and_open_ones_after_90()
    {
        await _store.TryWriteAsync(
            "desk-ann",
            [Row("closed-29", isOpen: false, 29), Row("closed-31", isOpen: false, 31), Row("open-89", isOpen: true, 89), Row("open-91", isOpen: true, 91)],
            TestContext.Current.CancellationToken);

        await _relay.Get<ConversationExpiry>().ExpireAsync(TestContext.Current.CancellationToken);

        _store.Rows.Select(row => row.Row.Key).ShouldBe(["closed-29", "open-89"], ignoreOrder: true);
        _relay.Logs.Lines.ShouldBe(["Deleted 2 old row(s) of the record of conversations."]);
    }

    [Fact]
    public async Task Store_that_is_away_is_asked_by_the_next_run()
    {
        _store.Down = new ConversationStoreException(isProvisioned: true, "Away: look.");

        await _relay.Get<ConversationExpiry>().ExpireAsync(TestContext.Current.CancellationToken);

        _relay.Logs.Lines.ShouldHaveSingleItem().ShouldContain("Away: look.");
    }

    private static ConversationRow Row(string key, bool isOpen, int daysAgo) =>
        new() { Key = key, IsOpen = isOpen, Account = "main", ChangedAt = TestClock.Start.AddDays(-daysAgo) };
}
