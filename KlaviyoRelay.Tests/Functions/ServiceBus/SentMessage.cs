using System.Text.Json;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>A message as it stands in the body of a batch send.</summary>
internal sealed record SentMessage(string Body, IReadOnlyDictionary<string, string> BrokerProperties)
{
    public string MessageId => BrokerProperties["MessageId"];

    public static IReadOnlyList<SentMessage> Read(ReceivedRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    private static SentMessage Read(JsonElement message)
    {
        message.EnumerateObject().Select(member => member.Name).ShouldBe([nameof(Body), nameof(BrokerProperties)]);
        var properties = message.GetProperty(nameof(BrokerProperties)).EnumerateObject().ToDictionary(property => property.Name, property => Text(property.Value));
        return new SentMessage(Text(message.GetProperty(nameof(Body))), properties);
    }

    private static string Text(JsonElement element) => element.GetString().ShouldNotBeNull();
}
