using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Klaviyo;

public sealed class KlaviyoErrorsTests
{
    [Fact]
    public async Task Description_holds_title_detail_and_pointer() =>
        (await Describe("""{"errors":[{"title":"Invalid input.","detail":"Not a phone.","source":{"pointer":"/data/attributes/phone_number"}}]}"""))
            .ShouldBe("Klaviyo answered 400: Invalid input. Not a phone. (/data/attributes/phone_number)");

    [Fact]
    public async Task Description_holds_the_parameter_when_there_is_no_pointer() =>
        (await Describe("""{"errors":[{"title":"Invalid input.","detail":"Bad filter.","source":{"parameter":"filter"}}]}"""))
            .ShouldBe("Klaviyo answered 400: Invalid input. Bad filter. (filter)");

    [Theory]
    [InlineData("""{"errors":[{"title":"A.","detail":"B.","source":{}}]}""")]
    [InlineData("""{"errors":[{"title":"A.","detail":"B."}]}""")]
    [InlineData("""{"errors":[{"title":"A.","detail":"B.","source":null},{"title":"C."}]}""")]
    public async Task Description_is_of_the_first_error_and_needs_no_source(string body) => (await Describe(body)).ShouldBe("Klaviyo answered 400: A. B.");

    [Theory]
    [InlineData("", "Klaviyo answered 400.")]
    [InlineData("<html><head><style>a{}</style></head><body>400 Bad Request: ann@shop.example</body></html>", "Klaviyo answered 400: 400 Bad Request: a•••@s•••.example")]
    [InlineData("error code: 1020", "Klaviyo answered 400: error code: 1020")]
    [InlineData("{}", "Klaviyo answered 400.")]
    [InlineData("[]", "Klaviyo answered 400: []")]
    [InlineData("""{"errors":null}""", "Klaviyo answered 400.")]
    [InlineData("""{"errors":[]}""", "Klaviyo answered 400.")]
    [InlineData("""{"errors":[null]}""", "Klaviyo answered 400.")]
    [InlineData("""{"message":"Forbidden","customer":"Jane Doe"}""", "Klaviyo answered 400: Forbidden")]
    [InlineData("""{"error":{"code":"no","message":"'Jane Doe' is blocked"}}""", "Klaviyo answered 400: no 'J•••' is blocked")]
    public async Task Description_is_an_excerpt_when_the_body_is_of_another_form(string body, string expected) => (await Describe(body)).ShouldBe(expected);

    [Theory]
    [InlineData("""{"errors":[{"title":"A.","detail":5,"source":"x"}]}""")]
    [InlineData("""{"errors":[{"title":"A.","code":[],"source":{"pointer":{}}}]}""")]
    [InlineData("\uFEFF{\"errors\":[{\"title\":\"A.\"}]}")]
    public async Task Members_of_another_type_do_not_hide_the_error(string body) => (await Describe(body)).ShouldStartWith("Klaviyo answered 400: A.");

    [Theory]
    [InlineData("'Jane Doe' is not a valid email.", "'J•••' is not a valid email.")]
    [InlineData("'jane' can't be used.", "'j•••' can't be used.")]
    [InlineData("The value \\\"Jane O'Neil\\\" is taken.", "The value \"J•••\" is taken.")]
    [InlineData("“Jürgen Groß” and `x` are wrong.", "“J•••” and `x•••` are wrong.")]
    [InlineData("'phone_number' is not a valid field for the resource 'event'.", "'phone_number' is not a valid field for the resource 'event'.")]
    [InlineData("The customer's and the shop's isn't valid.", "The customer's and the shop's isn't valid.")]
    public async Task What_an_error_quotes_is_masked(string detail, string expected) =>
        (await Describe($$"""{"errors":[{"title":"No.","detail":"{{detail}}"}]}""")).ShouldBe($"Klaviyo answered 400: No. {expected}");

    [Fact]
    public async Task Emails_are_masked() =>
        (await Describe("""{"errors":[{"title":"Invalid email 'ann@shop.example'.","detail":"bob.smith+x@mail.shop.example, <c@d.co>","source":{"pointer":"/eve@shop.example"}}]}"""))
            .ShouldBe("Klaviyo answered 400: Invalid email 'a•••@s•••.example'. b•••@m•••.example, <c•••@d•••.co> (/•••@s•••.example)");

    [Fact]
    public async Task Description_is_cut_to_1000_characters() =>
        (await Describe($$"""{"errors":[{"title":"{{new string('a', 5000)}}","detail":""}]}""")).Length.ShouldBe(1000);

    private static async Task<string> Describe(string body)
    {
        using var response = StubCall.Answer(400, body);
        return (await KlaviyoErrors.ReadAsync(response, TestContext.Current.CancellationToken))[0].Detail;
    }
}
