using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.Cli;

public sealed class HeldIndexTests
{
    private const string Queue = QueueNames.DeadLetterThrottled;
    private const string Held = $"{Queue}-held";

    private readonly CliFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_that_is_held_has_an_entry_that_expires_after_it_is_due()
    {
        await _fixture.Queue.SendAsync(Queue, [new QueueMessage("1", "main", "{}", _fixture.Clock.Now.AddMinutes(5)), new QueueMessage("2", "main", "{}")], Cancellation);

        var entry = _fixture.Storage.Of(Held).ShouldHaveSingleItem();
        entry.ExpiresAt.ShouldBe(_fixture.Clock.Now.AddMinutes(6));
        HeldMessage.Decode(entry.Text).ShouldNotBeNull().Envelope.MessageId.ShouldBe("1");
    }

    [Fact]
    public async Task Message_is_sent_once_when_its_entry_can_not_be_written()
    {
        _fixture.Storage.Fails = request => request.RequestUri?.AbsolutePath.Contains(Held) == true;

        await _fixture.Queue.SendAsync(Queue, [new QueueMessage("1", "main", "{}", _fixture.Clock.Now.AddMinutes(5))], Cancellation);

        _fixture.Storage.Of(Queue).Count.ShouldBe(1);
        _fixture.Storage.Of(Held).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_is_sent_once_when_the_sender_is_stopped_before_its_entry()
    {
        using var stop = new CancellationTokenSource();
        _fixture.Storage.Fails = request =>
        {
            if (request.RequestUri?.AbsolutePath.Contains(Held) == true)
            {
                stop.Cancel();
            }

            return false;
        };

        await Should.NotThrowAsync(() => _fixture.Queue.SendAsync(Queue, [new QueueMessage("1", "main", "{}", _fixture.Clock.Now.AddMinutes(5))], stop.Token));

        _fixture.Storage.Of(Queue).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64")]
    [InlineData("bm8gZW50cnk=")]
    [InlineData("e30=")]
    public void Text_that_is_no_entry_is_none(string text) => HeldMessage.Decode(text).ShouldBeNull();
}
