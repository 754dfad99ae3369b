using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class RetryAfterTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("7", 7)]
    [InlineData("1", 1)]
    [InlineData("0", 1)]
    [InlineData("3600", 3600)]
    [InlineData("Thu, 15 Jan 2026 14:03:30 GMT", 30)]
    [InlineData("Thu, 15 Jan 2026 14:03:00 GMT", 1)]
    [InlineData("Thu, 15 Jan 2026 13:00:00 GMT", 1)]
    [InlineData("20.5", 21)]
    [InlineData("120 ", 120)]
    [InlineData(" 120", 120)]
    [InlineData("0.2", 1)]
    [InlineData("1e1", 10)]
    [InlineData("99999999999999999999", 86400)]
    [InlineData("1e300", 86400)]
    [InlineData("Thu, 15 Jan 2036 14:03:30 GMT", 86400)]
    [InlineData("Thursday, 15-Jan-26 14:03:30 GMT", 30)]
    [InlineData("2026-01-15T14:03:30Z", 30)]
    [InlineData("2026-01-15T15:03:30.5+01:00", 31)]
    public void Wait_is_read_as_seconds_or_a_date_and_is_at_least_a_second(string header, int expected)
    {
        Read(429, ("Retry-After", header)).ShouldBe(TimeSpan.FromSeconds(expected));
        Read(503, ("Retry-After", header)).ShouldBe(TimeSpan.FromSeconds(expected));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1/2")]
    [InlineData("1,000")]
    [InlineData("")]
    public void Wait_after_429_is_a_second_when_the_header_makes_no_sense(string header)
    {
        Read(429, ("Retry-After", header)).ShouldBe(TimeSpan.FromSeconds(1));
        Read(503, ("Retry-After", header)).ShouldBeNull();
    }

    [Fact]
    public void Wait_after_429_is_a_second_when_the_header_is_missing() => Read(429).ShouldBe(TimeSpan.FromSeconds(1));

    [Fact]
    public void Longest_wait_holds_when_the_header_came_twice() =>
        Read(429, ("Retry-After", "soon"), ("Retry-After", "5"), ("Retry-After", "30")).ShouldBe(TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("Retry-After", "Thu, 15 Jan 2026 10:00:20 GMT")]
    [InlineData("x-ratelimit-reset", "1768471220")]
    public void Dates_are_compared_with_the_answers_own(string header, string value) =>
        Read(429, ("Date", "Thu, 15 Jan 2026 10:00:00 GMT"), (header, value)).ShouldBe(TimeSpan.FromSeconds(20));

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(503)]
    public void No_wait_is_asked_for_when_the_header_is_missing(int status) => Read(status).ShouldBeNull();

    [Fact]
    public void No_wait_is_asked_for_when_there_is_no_answer() => RetryAfter.Read(null, _clock).ShouldBeNull();

    [Theory]
    [InlineData(20, 20)]
    [InlineData(0, 1)]
    [InlineData(-20, 1)]
    public void Kustomers_reset_time_is_read_beside_429(int fromNow, int expected) =>
        Read(429, ("x-ratelimit-reset", $"{TestClock.Start.AddSeconds(fromNow).ToUnixTimeSeconds()}")).ShouldBe(TimeSpan.FromSeconds(expected));

    [Theory]
    [InlineData("later")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("-1")]
    public void Reset_time_that_makes_no_sense_is_a_second(string value) => Read(429, ("x-ratelimit-reset", value)).ShouldBe(TimeSpan.FromSeconds(1));

    [Fact]
    public void Reset_time_is_not_read_beside_another_status() =>
        Read(503, ("x-ratelimit-reset", $"{TestClock.Start.AddSeconds(20).ToUnixTimeSeconds()}")).ShouldBeNull();

    [Fact]
    public void Retry_after_goes_before_the_reset_time() =>
        Read(429, ("Retry-After", "5"), ("x-ratelimit-reset", $"{TestClock.Start.AddSeconds(20).ToUnixTimeSeconds()}")).ShouldBe(TimeSpan.FromSeconds(5));

    private TimeSpan? Read(int status, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return RetryAfter.Read(response, _clock);
    }
}
