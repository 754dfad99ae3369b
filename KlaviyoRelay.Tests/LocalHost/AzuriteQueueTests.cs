using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.Tests.Cli;
using KlaviyoRelay.Tests.Work;

namespace KlaviyoRelay.Tests.LocalHost;

public sealed class AzuriteQueueTests : EventQueueTests
{
    private const string Own = "some-queue";

    private readonly CliFixture _fixture = new();

    private protected override IEventQueue Queue => _fixture.Queue;

    private protected override IReadOnlyList<QueueMessage> Accepted(string queue) =>
        [.. _fixture.Storage.Of(queue).Concat(_fixture.Storage.Of(SessionQueues.NameOf(queue, "main"))).DistinctBy(message => message.Id).Select(Read)];

    private protected override void GoAway() => _fixture.Storage.Fails = _ => true;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("main", "conversation-events-session-main")]
    [InlineData("a1", "conversation-events-session-a1")]
    [InlineData("-unreadable-", "conversation-events")]
    [InlineData("", "conversation-events")]
    public void Account_has_a_queue_of_its_own_and_what_has_no_account_has_none(string session, string expected) =>
        SessionQueues.NameOf(QueueNames.ConversationEvents, session).ShouldBe(expected);

    [Fact]
    public void Names_of_accounts_make_names_of_queues_that_storage_takes()
    {
        string[] accounts = ["a_b", "a__b", "_", "poison", "held", "ab", new('a', 32), new('_', 32)];

        var names = accounts.Select(account => SessionQueues.NameOf(QueueNames.ConversationEvents, account)).ToList();

        names.ShouldBeUnique();
        names.ShouldAllBe(name => System.Text.RegularExpressions.Regex.IsMatch(name, "^[a-z0-9](-?[a-z0-9])*$") && name.Length <= 63);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Refusal_says_how_many_messages_were_accepted_before_it(int accepted)
    {
        await _fixture.Client.CreateAsync(Own, Cancellation);
        var puts = 0;
        _fixture.Storage.Fails = request => request.Method == HttpMethod.Post && ++puts > accepted;

        var refusal = await Should.ThrowAsync<QueueUnavailableException>(
            Queue.SendAsync(Own, [.. Enumerable.Range(0, 4).Select(number => new QueueMessage($"{number}", "main", "{}"))], Cancellation));

        refusal.Accepted.ShouldBe(accepted);
        _fixture.Storage.Of(Own).Count.ShouldBe(accepted);
    }

    private QueueMessage Read(StoredMessage message)
    {
        var envelope = QueueEnvelope.Decode(message.Text);
        return new QueueMessage(envelope.MessageId, envelope.SessionId, envelope.Body, message.VisibleAt > _fixture.Clock.Now ? message.VisibleAt : null);
    }
}
