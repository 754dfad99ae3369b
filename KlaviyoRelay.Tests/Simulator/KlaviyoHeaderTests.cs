using System.Net.Http.Headers;
using System.Text;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoHeaderTests : SimulatorTest
{
    [Fact]
    public async Task Event_is_accepted_with_an_empty_202()
    {
        var answer = await PostEventAsync(EventBodies.Single());

        answer.Status.ShouldBe(202);
        answer.Text.ShouldBeEmpty();
        (await RecordedAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "Authentication credentials were not provided.")]
    [InlineData("Bearer abc", "Missing or invalid authorization scheme. Please use Klaviyo-API-Key.")]
    [InlineData("Klaviyo-API-Key ", "Missing or invalid authorization scheme. Please use Klaviyo-API-Key.")]
    public async Task Request_is_not_authenticated_without_a_key_in_klaviyos_scheme(string? authorization, string detail)
    {
        var answer = await KlaviyoAsync(HttpMethod.Post, "/api/events", EventBodies.Single(), change: request =>
        {
            request.Headers.Remove("Authorization");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        });

        answer.Status.ShouldBe(401);
        answer.Code.ShouldBe("not_authenticated");
        answer.Detail.ShouldBe(detail);
        answer.ContentType.ShouldBe("application/vnd.api+json");
    }

    [Fact]
    public async Task Revoked_key_fails_authentication_until_it_is_active_again()
    {
        await ControlAsync(HttpMethod.Post, "/keys", $$"""{"key":"{{Key}}","state":"revoked"}""");
        var refused = await PostEventAsync(EventBodies.Single());
        await ControlAsync(HttpMethod.Post, "/keys", $$"""{"key":"{{Key}}","state":"active"}""");
        var accepted = await PostEventAsync(EventBodies.Single());

        refused.Status.ShouldBe(401);
        refused.Code.ShouldBe("authentication_failed");
        accepted.Status.ShouldBe(202);
    }

    [Theory]
    [InlineData("POST", "/api/events", "events:write")]
    [InlineData("POST", "/api/event-bulk-create-jobs", "events:write")]
    [InlineData("GET", "/api/profiles", "profiles:read")]
    [InlineData("GET", "/api/accounts", "accounts:read")]
    public async Task Endpoint_is_forbidden_when_the_key_lacks_its_scope(string method, string path, string scope)
    {
        await ControlAsync(HttpMethod.Post, "/keys", $$"""{"key":"{{Key}}","scopes":["lists:read"]}""");
        var refused = await KlaviyoAsync(new HttpMethod(method), path);
        await ControlAsync(HttpMethod.Post, "/keys", $$"""{"key":"{{Key}}","scopes":["{{scope}}"]}""");
        var passed = await KlaviyoAsync(new HttpMethod(method), path);

        refused.Status.ShouldBe(403);
        refused.Code.ShouldBe("permission_denied");
        refused.Detail.ShouldBe("You do not have permission to perform this action.");
        passed.Status.ShouldNotBe(403);
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("", 400)]
    [InlineData("2026-07-16", 400)]
    [InlineData("2024-07-15", 400)]
    [InlineData("2026-07-15.pre", 400)]
    [InlineData("2024-10-15", 202)]
    [InlineData("2025-10-15", 202)]
    [InlineData("2026-07-15", 202)]
    public async Task Revision_must_be_a_known_date(string? revision, int status)
    {
        var answer = await KlaviyoAsync(HttpMethod.Post, "/api/events", EventBodies.Single(), change: request =>
        {
            request.Headers.Remove("revision");
            request.Headers.TryAddWithoutValidation("revision", revision);
        });

        answer.Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("application/vnd.api+json", 202)]
    [InlineData("application/vnd.api+json; charset=utf-8", 202)]
    [InlineData("application/json", 202)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData(null, 415)]
    public async Task Content_type_must_be_json(string? contentType, int status)
    {
        var answer = await KlaviyoAsync(HttpMethod.Post, "/api/events", change: request =>
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(EventBodies.Single().ToJsonString()))
            {
                Headers = { ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType) },
            });

        answer.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Content_encoding_is_refused()
    {
        var answer = await KlaviyoAsync(
            HttpMethod.Post, "/api/events", EventBodies.Single(), change: request => request.Content?.Headers.ContentEncoding.Add("gzip"));

        answer.Status.ShouldBe(415);
    }

    [Theory]
    [InlineData("POST", "/api/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("DELETE", "/api/events", 405)]
    [InlineData("GET", "/api/accounts/", 200)]
    public async Task Path_and_method_must_be_simulated_ones(string method, string path, int status)
    {
        var answer = await KlaviyoAsync(new HttpMethod(method), path);

        answer.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Accounts_has_exactly_one_account_with_a_public_key()
    {
        var answer = await KlaviyoAsync(HttpMethod.Get, "/api/accounts");

        answer.Status.ShouldBe(200);
        answer.Json["data"]?.AsArray().Count.ShouldBe(1);
        answer.Json["data"]?[0]?["type"]?.GetValue<string>().ShouldBe("account");
        answer.Json["data"]?[0]?["attributes"]?["public_api_key"]?.GetValue<string>().Length.ShouldBe(6);
    }

    [Fact]
    public async Task Two_keys_have_two_accounts_unless_they_are_said_to_share_one()
    {
        await ControlAsync(HttpMethod.Post, "/keys", $$"""{"key":"pk_rotated","sameAccountAs":"{{Key}}"}""");
        foreach (var key in (string[])[Key, "pk_other", "pk_rotated"])
        {
            await PostEventAsync(EventBodies.Single(), key);
        }

        var state = await StateAsync();
        state["events"]?.AsArray().Select(one => one?["account"]?.GetValue<string>()).ShouldBe(["7890", "ther"]);
        ((int?)state["duplicatesDropped"]).ShouldBe(1);
    }
}
