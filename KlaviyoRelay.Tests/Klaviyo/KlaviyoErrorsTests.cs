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
    [InlineData("")]
    [InlineData("<html><body>400 Bad Request: ann@shop.example</body></html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"errors":null}""")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("""{"errors":[null]}""")]
    [InlineData("""{"errors":"no"}""")]
    [InlineData("""{"errors":[{"detail":"\ud800"}]}""")]
    public async Task Description_is_the_status_when_the_body_is_no_error(string body) => (await Describe(body)).ShouldBe("Klaviyo answered 400.");

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
