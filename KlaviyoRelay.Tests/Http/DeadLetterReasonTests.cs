using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Http;

public sealed class DeadLetterReasonTests
{
    private static readonly string[] Vocabulary = ["throttled", "unavailable", "throttled-too-long", "invalid", "unauthorized", "forbidden", "customer-not-found", "not-configured", "outdated"];

    [Fact]
    public void Vocabulary_is_spelled_as_documented() => Enum.GetValues<DeadLetterReason>().Select(Spelled).ShouldBe(Vocabulary);

    private static string? Spelled(DeadLetterReason reason)
    {
        var letter = new DeadLetter
        {
            Message = new RelayMessageBuilder().Retried(1, TestClock.Start).Message,
            Reason = reason,
            Detail = "",
            LastFailureAt = TestClock.Start,
        };
        return JsonDocument.Parse(MessageWriter.ToQueueMessage(letter, notBefore: null).Body).RootElement.GetProperty("reason").GetString();
    }
}
