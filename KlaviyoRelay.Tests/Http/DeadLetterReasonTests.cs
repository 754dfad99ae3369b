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
            Version = MessageVersion.First,
            Event = new RelayMessageBuilder().Message.Event,
            Reason = reason,
            Detail = "",
            Attempts = 1,
            FirstFailureAt = TestClock.Start,
            LastFailureAt = TestClock.Start,
        };
        return JsonDocument.Parse(JsonSerializer.Serialize(letter, RelayJsonContext.Default.DeadLetter)).RootElement.GetProperty("reason").GetString();
    }
}
