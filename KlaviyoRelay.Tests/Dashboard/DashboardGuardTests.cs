using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using KlaviyoRelay.LocalHost.Functions;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Dashboard;

/// <summary>Who gets in.</summary>
public sealed class DashboardGuardTests : DashboardTest
{
    private const string Release = "/dashboard/dead-letters/release";

    [Fact]
    public async Task Every_route_refuses_who_calls_the_machine_by_another_name()
    {
        Dashboard.Routes.Count.ShouldBeGreaterThan(9);
        foreach (var (method, path) in Dashboard.Routes)
        {
            foreach (var host in new[] { "relay.example", "relay.example:7071", "localhost.relay.example", "127.0.0.1.nip.io", "169.254.1.1", "0.0.0.0" })
            {
                using var answer = await Dashboard.SendAsync(
                    method,
                    path,
                    headers =>
                    {
                        headers.Host = host;
                        headers.Add(LocalGuard.TokenHeader, Dashboard.Token);
                    },
                    method == HttpMethod.Get ? null : Json("{}"));

                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path} {host}");
                (await ErrorAsync(answer)).ShouldContain("127.0.0.1");
            }
        }
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:7071")]
    [InlineData("[::1]:7071")]
    public async Task Machine_may_be_called_by_its_own_names(string host)
    {
        using var answer = await Dashboard.GetAsync("/dashboard/setup", headers => headers.Host = host);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_without_a_name_is_refused()
    {
        var address = Dashboard.Http.BaseAddress.ShouldNotBeNull();
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Cancellation);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        (await reader.ReadLineAsync(Cancellation).InTimeAsync()).ShouldBe("HTTP/1.1 403 Forbidden");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-Host", "relay.example")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("CF-Connecting-IP", "203.0.113.7")]
    public async Task Tunnel_that_hides_its_name_is_refused(string header, string value)
    {
        using var answer = await Dashboard.GetAsync("/", headers => headers.Add(header, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ErrorAsync(answer)).ShouldContain("tunnel");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("192.168.0.7", "192.168.0.5", false)]
    [InlineData("127.0.0.1", "192.168.0.5", false)]
    [InlineData("192.168.0.7", "127.0.0.1", false)]
    [InlineData(null, null, false)]
    public void Only_connections_within_the_machine_are_let_in(string? remote, string? local, bool isLetIn)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Host = new HostString("localhost", 7071);
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);

        (new LocalGuard().Refusal(context.Request) is null).ShouldBe(isLetIn);
    }

    [Fact]
    public async Task Everything_that_changes_something_needs_the_token()
    {
        var changes = Dashboard.Routes.Where(route => route.Method != HttpMethod.Get).ToList();
        changes.Count.ShouldBeGreaterThan(4);
        string?[] tokens = [null, "", "wrong", Dashboard.Token[..^1], Dashboard.Token + "0", Dashboard.Token.ToUpperInvariant(), $"{Dashboard.Token}, {Dashboard.Token}"];
        foreach (var (method, path) in changes)
        {
            foreach (var token in tokens)
            {
                using var answer = await Dashboard.SendAsync(method, path, headers => Add(headers, LocalGuard.TokenHeader, token), Json("{}"));

                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{path} {token}");
                (await ErrorAsync(answer)).ShouldContain("load the page again");
            }
        }
    }

    [Fact]
    public void Token_is_another_at_each_start() => new LocalGuard().Token.ShouldNotBe(new LocalGuard().Token);

    [Theory]
    [InlineData("Origin", "https://relay.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "https://{own}", false)]
    [InlineData("Origin", "http://{own}", true)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    public async Task Change_has_to_come_from_the_dashboard_s_own_page(string header, string value, bool isAllowed)
    {
        using var answer = await Dashboard.SendAsync(
            HttpMethod.Post,
            Release,
            headers =>
            {
                headers.Add(LocalGuard.TokenHeader, Dashboard.Token);
                headers.Add(header, value.Replace("{own}", Dashboard.Http.BaseAddress?.Authority, StringComparison.Ordinal));
            },
            Json("{}"));

        answer.StatusCode.ShouldBe(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/dashboard/stream", "cross-site", "empty", false)]
    [InlineData("/dashboard/stream", "same-site", "image", false)]
    [InlineData("/dashboard/stream", "cross-site", "document", false)]
    [InlineData("/", "cross-site", "iframe", false)]
    [InlineData("/", "cross-site", "document", true)]
    [InlineData("/", "none", "document", true)]
    [InlineData("/dashboard/stream", "same-origin", "empty", true)]
    public async Task Look_from_another_page_is_refused_unless_a_person_follows_a_link_to_the_page(string path, string site, string dest, bool isAllowed)
    {
        using var answer = await Dashboard.GetAsync(path, headers =>
        {
            headers.Add("Sec-Fetch-Site", site);
            headers.Add("Sec-Fetch-Dest", dest);
        });

        answer.StatusCode.ShouldBe(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Look_needs_no_token()
    {
        foreach (var (method, path) in Dashboard.Routes.Where(route => route.Method == HttpMethod.Get))
        {
            using var answer = await Dashboard.SendAsync(method, path);

            answer.StatusCode.ShouldNotBe(HttpStatusCode.Forbidden, path);
        }
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage answer) => $"{JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))?["error"]}";
}
