using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoSizeTests : SimulatorTest
{
    private const string Properties = "/data/attributes/properties";

    /// <summary>A place in an event, how much it may hold, and how so much of it is written.</summary>
    private static readonly (string Place, int Most, Func<int, JsonNode> Write)[] Limits =
    [
        ($"{EventBodies.Metric}/name", 127, length => new string('m', length)),
        ("/data/attributes/unique_id", 255, length => new string('u', length)),
        ($"{EventBodies.Profile}/email", 100, length => "@klaviyo-demo.com".PadLeft(length, 'j')),
        (Properties, 400, count => new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)i)))),
        ($"{Properties}/long", 100_000, length => new string('x', length)),
        ($"{Properties}/items", 4000, count => new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode?)i)])),
        ($"{Properties}/nested", 10, levels => Enumerable.Range(0, levels).Aggregate((JsonNode)1, (inner, _) => new JsonObject { ["deeper"] = inner })),
    ];

    [Fact]
    public async Task Place_in_an_event_holds_as_much_as_klaviyo_says_and_no_more()
    {
        foreach (var (place, most, write) in Limits)
        {
            (await PostEventAsync(EventBodies.Single().With(place, write(most)))).Status.ShouldBe(202, place);
            (await PostEventAsync(EventBodies.Single().With(place, write(most + 1)))).Status.ShouldBe(400, place);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_over_5_megabytes_is_too_large(bool chunked)
    {
        var answer = await KlaviyoAsync(
            HttpMethod.Post,
            "/api/events",
            EventBodies.Single().With($"{Properties}/padding", new string('x', 5_000_000)),
            change: request => request.Headers.TransferEncodingChunked = chunked);

        answer.Status.ShouldBe(413);
        (await RecordedAsync()).ShouldBe(0);
    }
}
