using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Insights;

public sealed class MessageHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Email", "email")]
    [InlineData("SMS", "sms")]
    [InlineData("Push", "push")]
    public void Message_has_its_channel(string metric, string channel) => MessageHistory.Messages([Event($"Received {metric}", 0)]).ShouldHaveSingleItem().Channel.ShouldBe(channel);

    [Fact]
    public void Message_has_the_first_opening_and_the_first_click()
    {
        var message = MessageHistory.Messages([Event("Clicked Email", 5), Event("Opened Email", 4), Event("Opened Email", 3), Event("Received Email", 0, subject: "Hello"), Event("Clicked Email", 9)]).ShouldHaveSingleItem();

        (message.ReceivedAt, message.OpenedAt, message.ClickedAt, message.Subject).ShouldBe((Start, Start.AddHours(3), Start.AddHours(5), "Hello"));
    }

    [Fact]
    public void Opening_is_of_the_last_time_that_a_flow_sent_the_same_message()
    {
        var messages = MessageHistory.Messages([Event("Received Email", 0, flow: "F1"), Event("Opened Email", 1), Event("Received Email", 10, flow: "F1"), Event("Opened Email", 11)]);

        messages.Select(message => (message.Flow, message.OpenedAt)).ShouldBe([("F1", Start.AddHours(11)), ("F1", Start.AddHours(1))]);
    }

    [Fact]
    public void Message_that_was_received_before_the_events_that_are_read_is_left_out() =>
        MessageHistory.Messages([Event("Opened Email", 1), Event("Clicked Email", 2, message: "M2")]).ShouldBeEmpty();

    [Fact]
    public void Message_without_an_id_is_shown_and_gets_no_opening_of_another()
    {
        var message = MessageHistory.Messages([Event("Received Email", 0, message: null), Event("Opened Email", 1, message: null)]).ShouldHaveSingleItem();

        (message.Message, message.OpenedAt).ShouldBe((null, null));
    }

    [Fact]
    public void Last_ten_messages_are_shown_and_the_newest_comes_first() =>
        MessageHistory.Messages([.. Enumerable.Range(0, 30).Select(hour => Event("Received Email", hour, message: $"M{hour}"))]).Select(message => message.Message)
            .ShouldBe(Enumerable.Range(20, 10).Reverse().Select(hour => $"M{hour}"));

    [Fact]
    public void Conversations_are_the_last_five_events_of_the_relays_metrics()
    {
        var events = Enumerable.Range(0, 9).Select(hour => Event(hour % 2 == 0 ? "opened" : "closed", hour)).Append(Event("Placed Order", 20)).ToList();

        MessageHistory.Conversations(events, new HashSet<string> { "opened", "closed" }).Select(moment => (moment.Event, moment.At.Hour)).ShouldBe([("opened", 8), ("closed", 7), ("opened", 6), ("closed", 5), ("opened", 4)]);
    }

    private static ProfileEvent Event(string metric, int hour, string? message = "M1", string? flow = null, string? subject = null)
    {
        using var properties = JsonDocument.Parse(JsonSerializer.Serialize(new Dictionary<string, object?> { ["$message"] = message, ["$flow"] = flow, ["Subject"] = subject, ["number"] = hour.ToString(CultureInfo.InvariantCulture) }));
        return new ProfileEvent(metric, Start.AddHours(hour), properties.RootElement.Clone());
    }
}
