using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Tests.Klaviyo;

public sealed class KlaviyoNamesTests
{
    [Theory]
    [InlineData("$value", "does not begin with $")]
    [InlineData("$event_id", "does not begin with $")]
    [InlineData("$extra", "does not begin with $")]
    [InlineData("", "1 to 127 characters")]
    [InlineData(" ", "1 to 127 characters")]
    [InlineData(" name", "without blanks at its ends")]
    [InlineData("name ", "without blanks at its ends")]
    [InlineData("na\nme", "without control characters")]
    public void Name_that_klaviyo_keeps_or_drops_is_an_error(string name, string expected) => Errors(name).ShouldHaveSingleItem().ShouldContain(expected);

    [Theory]
    [InlineData("conversationId")]
    [InlineData("In Gladly Conversation")]
    [InlineData("a$b")]
    public void Name_is_taken(string name) => Errors(name).ShouldBeEmpty();

    [Fact]
    public void Name_has_127_characters_at_most()
    {
        Errors(new string('n', 127)).ShouldBeEmpty();
        Errors(new string('n', 128)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Metrics__Opened")]
    [InlineData("Properties__Subject")]
    [InlineData("Properties__Rating")]
    [InlineData("ProfileProperty")]
    public void Reserved_name_stops_the_start(string setting)
    {
        using var relay = new RelayFixture(($"Relay__Connections__gladly__{setting}", "$value"));

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => relay.Get<ConnectionRegistry>()).Message.ShouldContain($"Relay__Connections__gladly__{setting} is '$value'");
    }

    private static IReadOnlyList<string> Errors(string name)
    {
        var errors = new SettingErrors();
        KlaviyoNames.CheckMetric("Setting", name, errors);
        return errors.Lines;
    }
}
