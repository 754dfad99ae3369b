using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Tests.Klaviyo.Profiles;

public sealed class ProfileImportClientTests : IDisposable
{
    private const string Path = "/api/profile-import";
    private const string Conflict = """{"errors":[{"code":"duplicate_profile","title":"Conflict.","detail":"A profile already exists with one of these identifiers.","source":{"pointer":"/data/attributes"},"meta":{"duplicate_profile_id":"01OTHER"}}]}""";

    private readonly RelayFixture _relay = new(SyncSettings.Leads);

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task Profile_is_written(int status)
    {
        _relay.Klaviyo.On(HttpMethod.Post, Path).Reply(status, """{"data":{"type":"profile","id":"01G"}}""");

        (await WriteAsync("all", "trusted")).ShouldBe(new ProfileOutcome.Written("01G", OtherProfile: null));
    }

    [Fact]
    public async Task Trusted_identifier_goes_alone_when_the_identifiers_belong_to_two_profiles()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Path, request => request.Body == "all").Reply(409, Conflict);
        _relay.Klaviyo.On(HttpMethod.Post, Path, request => request.Body == "trusted").Reply(200, """{"data":{"id":"01G"}}""");

        (await WriteAsync("all", "trusted")).ShouldBe(new ProfileOutcome.Written("01G", "01OTHER"));
    }

    [Fact]
    public async Task Conflict_of_a_sole_identifier_is_a_refusal()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Path).Reply(409, Conflict);

        (await WriteAsync("all", trusted: null)).ShouldBeOfType<ProfileOutcome.Refused>().Errors.ShouldHaveSingleItem().Pointer.ShouldBe("/data/attributes");
    }

    [Fact]
    public async Task Page_in_the_place_of_a_profile_is_an_outage()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Path).Reply(200, "<html></html>", "text/html");

        (await WriteAsync("all", "trusted")).ShouldBeOfType<ProfileOutcome.Failed>().Failure.Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    private Task<ProfileOutcome> WriteAsync(string all, string? trusted) => _relay.Get<ProfileImportClient>().WriteAsync(
        _relay.Account("main"), Bytes(all), trusted is null ? null : Bytes(trusted), _relay.Budget, TestContext.Current.CancellationToken);

    private static ReadOnlyMemory<byte> Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
