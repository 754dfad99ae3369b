using System.Net;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Dashboard;

/// <summary>The page's files.</summary>
public sealed class DashboardPageTests : DashboardTest
{
    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.PathOf("KlaviyoRelay.Dashboard/Page")).Select(file => Path.GetFileName(file));

    [Fact]
    public async Task Page_is_at_the_root_and_has_the_token()
    {
        using var answer = await Dashboard.GetAsync("/");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        $"{answer.Content.Headers.ContentType}".ShouldBe("text/html; charset=utf-8");
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        html.ShouldContain($"""<meta name="dashboard-token" content="{Dashboard.Token}">""");
        html.ShouldNotContain("{{");
    }

    [Fact]
    public async Task Every_file_of_the_page_is_served_with_its_type()
    {
        var types = new Dictionary<string, string>
        {
            [".html"] = "text/html; charset=utf-8",
            [".css"] = "text/css; charset=utf-8",
            [".js"] = "text/javascript; charset=utf-8",
            [".svg"] = "image/svg+xml",
        };
        foreach (var file in Files)
        {
            using var answer = await Dashboard.GetAsync($"/dashboard/{file}");

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            $"{answer.Content.Headers.ContentType}".ShouldBe(types[Path.GetExtension(file)], file);
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotBeEmpty(file);
        }
    }

    // The policy forbids both; a browser would only tell its console.
    [Fact]
    public void Page_has_no_script_or_style_within_and_loads_nothing_from_elsewhere()
    {
        foreach (var file in Files)
        {
            var text = Repository.Read($"KlaviyoRelay.Dashboard/Page/{file}").Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);

            foreach (var forbidden in new[] { " style=\"", "<style", "onclick=\"", "innerHTML", "eval(", "http://", "https://", "url(//" })
            {
                text.ShouldNotContain(forbidden, Case.Sensitive, file);
            }
        }
    }

    [Theory]
    [InlineData("/dashboard/..%2f")]
    [InlineData("/dashboard/..%2findex.html")]
    [InlineData("/dashboard/..%5cLocalGuard.cs")]
    [InlineData("/dashboard/%2e%2e%2f%2e%2e%2fappsettings.json")]
    [InlineData("/dashboard/nothing.js")]
    [InlineData("/dashboard/MAIN.JS")]
    [InlineData("/dashboard/events/nobody")]
    public async Task What_is_no_file_of_the_page_is_not_found(string path)
    {
        var address = Dashboard.Http.BaseAddress.ShouldNotBeNull();
        // As it is written here.
        var uri = new Uri($"{address.AbsoluteUri.TrimEnd('/')}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await Dashboard.Http.GetAsync(uri, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        $"{answer.Content.Headers.ContentType}".ShouldBe("application/json; charset=utf-8");
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldStartWith("""{"error":""");
    }

    [Theory]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/dashboard/Page/main.js")]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard")]
    public async Task What_is_no_route_is_not_found(string path)
    {
        using var answer = await Dashboard.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
