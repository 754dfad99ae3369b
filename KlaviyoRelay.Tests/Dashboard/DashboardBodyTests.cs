using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.Tests.Dashboard;

/// <summary>What may be sent.</summary>
public sealed class DashboardBodyTests : DashboardTest
{
    private const string Release = "/dashboard/dead-letters/release";

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Body_that_is_not_said_to_be_json_is_refused(string? type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using var answer = await PostAsync(content);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ErrorAsync(answer)).ShouldContain("application/json");
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused()
    {
        using var answer = await PostAsync(Json($$"""{"id":"{{new string('a', 64 * 1024)}}"}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Body_without_a_length_is_refused()
    {
        using var content = new StreamContent(new UnseekableStream("{}"u8.ToArray(), piece: 1));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await PostAsync(content);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ErrorAsync(answer)).ShouldContain("length");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"unknown":"x"}""")]
    public async Task Body_that_is_not_what_is_needed_is_refused(string body)
    {
        using var answer = await PostAsync(Json(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorAsync(answer)).ShouldNotBeEmpty();
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<string> ErrorAsync(HttpResponseMessage answer) => $"{JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))?["error"]}";

    private Task<HttpResponseMessage> PostAsync(HttpContent content) =>
        Dashboard.SendAsync(HttpMethod.Post, Release, headers => headers.Add(LocalGuard.TokenHeader, Dashboard.Token), content);
}
