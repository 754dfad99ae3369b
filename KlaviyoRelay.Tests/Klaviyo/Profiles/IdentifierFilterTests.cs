using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Tests.Klaviyo.Profiles;

public sealed class IdentifierFilterTests
{
    [Fact]
    public void Query_is_percent_encoded_throughout() =>
        IdentifierFilter.Queries("email", ["ann+news@shop.example", "bob@shop.example"]).ShouldBe(
        [
            "filter=any%28email%2C%5B%22ann%2Bnews%40shop.example%22%2C%22bob%40shop.example%22%5D%29&fields%5Bprofile%5D=email&page%5Bsize%5D=100",
        ]);

    [Theory]
    [InlineData("ann+news@shop.example")]
    [InlineData("a&b=c#d%20@shop.example")]
    [InlineData("jörg@müller.example")]
    [InlineData("用户@例子.广告")]
    public void Email_survives_the_address_of_the_request(string email)
    {
        var address = new Uri(new Uri("https://a.klaviyo.test/"), $"api/profiles?{IdentifierFilter.Queries("email", [email]).Single()}");

        var filter = address.Query.TrimStart('?').Split('&')[0];
        Uri.UnescapeDataString(filter).ShouldBe($"filter=any(email,[\"{email}\"])");
    }

    [Fact]
    public void Quotes_and_backslashes_are_escaped() =>
        Uri.UnescapeDataString(IdentifierFilter.Queries("email", ["\"a\\b\"@shop.example"]).Single()).ShouldStartWith("filter=any(email,[\"\\\"a\\\\b\\\"@shop.example\"])&");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public void Query_asks_for_100_emails_at_most(int emails, int queries)
    {
        var all = Enumerable.Range(0, emails).Select(number => $"a{number}@s.example").ToList();

        var pages = IdentifierFilter.Queries("email", all).Select(Emails).ToList();

        pages.Count.ShouldBe(queries);
        pages.ShouldAllBe(page => page.Count <= 100);
        pages.SelectMany(page => page).ShouldBe(all);
    }

    [Fact]
    public void Long_emails_are_split_so_that_no_address_is_refused_for_its_length()
    {
        var all = Enumerable.Range(0, 100).Select(number => $"{number:D3}{new string('ü', 80)}@s.example").ToList();

        var queries = IdentifierFilter.Queries("email", all).ToList();

        queries.Count.ShouldBeGreaterThan(1);
        queries.ShouldAllBe(query => query.Length < 8000);
        queries.SelectMany(Emails).ShouldBe(all);
    }

    [Fact]
    public void Email_that_is_too_long_for_any_query_is_asked_for_alone() =>
        IdentifierFilter.Queries("email", [new string('a', 7000), "b@s.example"]).Count().ShouldBe(2);

    private static List<string> Emails(string query)
    {
        var list = Uri.UnescapeDataString(query.Split('&')[0])["filter=any(email,[".Length..^2];
        return [.. list.Split(',').Select(email => email.Trim('"'))];
    }
}
