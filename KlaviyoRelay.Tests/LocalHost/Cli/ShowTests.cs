using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.LocalHost.Cli;

public sealed class ShowTests
{
    private readonly CliFixture _fixture = new();

    [Fact]
    public async Task Show_tells_everything_with_emails_masked()
    {
        await _fixture.RejectAsync("abcd1234", emails: ["ann@example.com"]);

        var result = await _fixture.RunAsync("show", "abc");

        result.ExitCode.ShouldBe(0);
        foreach (var expected in new[] { "abcd1234", "invalid", "The phone number is not valid.", "conversation of abcd1234", "Write to a•••@e•••.com", "when an operator redrives it" })
        {
            result.Output.ShouldContain(expected);
        }

        result.Output.ShouldNotContain("ann@example.com");
        (await _fixture.RunAsync("show", "abc", "--emails")).Output.ShouldContain("ann@example.com");
    }

    [Fact]
    public async Task Show_tells_every_letter_of_one_event()
    {
        await _fixture.RejectAsync("abcd1234", emails: ["ann@example.com"]);
        await _fixture.RejectAsync("abcd1234", DeadLetterReason.Forbidden, emails: ["bob@example.com"]);

        var result = await _fixture.RunAsync("show", "abcd1234", "--json");

        result.Ids.ShouldBe(["abcd1234", "abcd1234"]);
        result.Json.GetProperty("action").GetString().ShouldBe("show");
    }

    [Fact]
    public async Task Show_fails_when_no_letter_or_several_events_have_such_an_id()
    {
        await _fixture.RejectAsync("abcd1234");
        await _fixture.ThrottleAsync("abce5678");

        var none = await _fixture.RunAsync("show", "ffff");
        var several = await _fixture.RunAsync("show", "abc");

        none.ExitCode.ShouldBe(1);
        none.Error.ShouldStartWith("No letter's id begins with ffff.");
        several.ExitCode.ShouldBe(1);
        several.Error.ShouldContain("such as abce5678 and abcd1234");
    }
}
