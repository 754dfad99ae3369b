using KlaviyoRelay.Core.Records.Changes;

namespace KlaviyoRelay.Tests.Records.Changes;

public sealed class SinceMarkTests
{
    [Theory]
    [InlineData("5", "12", "12")]
    [InlineData("12", "5", "12")]
    [InlineData("2026-01-15T10:00:00Z", "2026-01-15T11:30:00+02:00", "2026-01-15T10:00:00Z")]
    [InlineData("12", "2026-01-15", "2026-01-15")]
    public void Mark_is_the_greatest_value(string one, string other, string expected) =>
        SinceMark.Greater(SinceMark.Of(one), SinceMark.Of(other)).ShouldBe(SinceMark.Of(expected));

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData(null)]
    public void Text_without_a_number_or_a_time_has_no_mark(string? text) => SinceMark.Of(text).ShouldBeNull();

    [Theory]
    [InlineData("2026-01-15T10:00:00.5Z", "2026-01-15T09:55:00.500000Z")]
    [InlineData("100", "90")]
    [InlineData("0.5", "-9.5")]
    public void Next_run_begins_before_the_mark(string mark, string begins) =>
        SinceMark.Of(mark).ShouldNotBeNull().Minus(TimeSpan.FromMinutes(5), 10).ToString().ShouldBe(begins);
}
