using System.Net.Http.Headers;
using System.Text;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.Tests.Dashboard;

public sealed class DashboardHeaderTests : DashboardTest
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("relay.example")]
    public async Task Every_answer_lets_the_page_load_its_own_only_and_is_not_stored(string host)
    {
        foreach (var (method, path) in Dashboard.Routes)
        {
            using var content = method == HttpMethod.Get ? null : new StringContent("""{"unknown":1}""", Encoding.UTF8, "application/json");
            using var answer = await Dashboard.SendAsync(
                method,
                path,
                headers =>
                {
                    headers.Host = host;
                    headers.Add(LocalGuard.TokenHeader, Dashboard.Token);
                },
                content);

            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(
                [
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                ],
                path);
            answer.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoStore = true }, path);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"], path);
            answer.Headers.Contains("Server").ShouldBeFalse(path);
            answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse(path);
        }
    }
}
