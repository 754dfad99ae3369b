using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Tests.Settings;

public sealed class SettingListTests
{
    [Theory]
    [InlineData(null, new string[0])]
    [InlineData("", new string[0])]
    [InlineData(" , ,", new string[0])]
    [InlineData("a, b ,,c", new[] { "a", "b", "c" })]
    [InlineData("\"Acme, Inc.\",b", new[] { "Acme, Inc.", "b" })]
    [InlineData(" \"Acme, Inc.\" , b", new[] { "Acme, Inc.", "b" })]
    [InlineData("\"Good, I am satisfied\"=5,bad=1", new[] { "Good, I am satisfied=5", "bad=1" })]
    [InlineData("\"say \"\"hi\"\", twice\"", new[] { "say \"hi\", twice" })]
    [InlineData("5\" screen,b", new[] { "5\" screen", "b" })]
    [InlineData("\"no end,b", new[] { "\"no end", "b" })]
    [InlineData("\"\",b", new[] { "b" })]
    public void Values_are_separated_by_commas_outside_of_quotes(string? text, string[] expected) => SettingList.Of(text).ShouldBe(expected);
}
