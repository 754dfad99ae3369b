using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoSizeTests : SimulatorTest
{
    private const string Properties = "/data/attributes/properties";

    [Theory]
    [InlineData(400, 202)]
    [InlineData(401, 400)]
    public async Task Event_has_at_most_400_properties(int count, int status)
    {
        var properties = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)i)));

        (await PostEventAsync(EventBodies.Single().With(Properties, properties))).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(100_000, 202)]
    [InlineData(100_001, 400)]
    public async Task String_has_at_most_100_kilobytes(int length, int status) =>
        (await PostEventAsync(EventBodies.Single().With($"{Properties}/long", new string('x', length)))).Status.ShouldBe(status);

    [Theory]
    [InlineData(4000, 202)]
    [InlineData(4001, 400)]
    public async Task Array_has_at_most_4000_items(int count, int status)
    {
        var items = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode?)i)]);

        (await PostEventAsync(EventBodies.Single().With($"{Properties}/items", items))).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(10, 202)]
    [InlineData(11, 400)]
    public async Task Objects_are_nested_at_most_10_levels(int levels, int status)
    {
        JsonNode nested = 1;
        for (var i = 0; i < levels; i++)
        {
            nested = new JsonObject { ["deeper"] = nested };
        }

        (await PostEventAsync(EventBodies.Single().With($"{Properties}/nested", nested))).Status.ShouldBe(status);
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
