using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks.Generic;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

public sealed class JsonPointerTests
{
    [Theory]
    [InlineData("/a", "1")]
    [InlineData("/b/c", "2")]
    [InlineData("/list/1/x", "4")]
    [InlineData("/with~1slash", "5")]
    [InlineData("/with~0tilde", "6")]
    [InlineData("/~01", "7")]
    [InlineData("/b/missing", null)]
    [InlineData("/missing/c", null)]
    [InlineData("/a/c", null)]
    [InlineData("/A", null)]
    [InlineData("/list/2", null)]
    [InlineData("/list/-1", null)]
    [InlineData("/list/x", null)]
    [InlineData("/list/99999999999", null)]
    [InlineData("/nothing", null)]
    public void Value_is_found_by_names_and_indexes(string text, string? expected)
    {
        using var json = JsonDocument.Parse("""{"a":1,"b":{"c":2},"list":[{"x":3},{"x":4}],"with/slash":5,"with~tilde":6,"~1":7,"nothing":null}""");

        Parse(text).Find(json.RootElement)?.GetRawText().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/list/*/x", new[] { "3", null, "4" })]
    [InlineData("/list/*", new[] { """{"x":3}""", "{}", """{"x":4}""" })]
    [InlineData("/texts/*", new[] { "\"a\"", null })]
    [InlineData("/nested/0/*/y", new[] { "8" })]
    [InlineData("/missing/*/x", new string?[0])]
    [InlineData("/one/*/x", new string?[0])]
    [InlineData("/one/x", new[] { "5" })]
    public void Wildcard_finds_a_value_for_every_element_of_an_array(string text, string?[] expected)
    {
        using var json = JsonDocument.Parse("""{"list":[{"x":3},{},{"x":4}],"texts":["a",null],"one":{"x":5},"nested":[[{"y":8}]]}""");

        Parse(text).FindAll(json.RootElement).Select(element => element?.GetRawText()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("customer.email")]
    [InlineData("customer/email")]
    [InlineData("$.customer.email")]
    [InlineData("/a~")]
    [InlineData("/a~2b")]
    [InlineData("/a/*/b/*/c")]
    public void Text_that_is_no_pointer_or_has_two_wildcards_is_refused(string text) => JsonPointer.Parse(text).ShouldBeNull();

    private static JsonPointer Parse(string text) => JsonPointer.Parse(text).ShouldNotBeNull();
}
