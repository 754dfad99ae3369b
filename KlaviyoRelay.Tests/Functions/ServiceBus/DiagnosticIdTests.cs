using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Functions.ServiceBus;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>What the Functions host links its request telemetry by.</summary>
public sealed class DiagnosticIdTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void Every_message_has_its_senders_traceparent_as_a_property()
    {
        var entries = Entries(Parent);

        entries.Select(entry => entry.GetProperty("UserProperties").GetRawText()).ShouldBe([$$"""{"Diagnostic-Id":"{{Parent}}"}""", $$"""{"Diagnostic-Id":"{{Parent}}"}"""]);
    }

    [Fact]
    public void Message_has_no_properties_when_its_sender_is_not_traced() =>
        Entries(null).Select(entry => entry.TryGetProperty("UserProperties", out var _)).ShouldBe([false, false]);

    private static List<JsonElement> Entries(string? parent)
    {
        var page = ServiceBusBatch.Split([new QueueMessage("1", "main", "{}"), new QueueMessage("2", "main", "{}")], parent).ShouldHaveSingleItem();
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(page.Span));
        return [.. json.RootElement.Clone().EnumerateArray()];
    }
}
