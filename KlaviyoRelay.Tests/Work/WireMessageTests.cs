using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What is written to the queue is read from it: a member that only one side has would be lost without a word.</summary>
public sealed class ReadMessageTests
{
    [Fact]
    public void Message_is_read_with_all_that_is_written() => Members(typeof(ReadMessage)).ShouldBe(Members(typeof(RelayMessage)));

    [Fact]
    public void Event_is_read_with_all_that_is_written() => Members(typeof(ReadEvent)).ShouldBe(Members(typeof(ConversationEvent)));

    private static IEnumerable<string> Members(Type type) => type.GetProperties().Select(property => property.Name).Order();
}
