using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks.Checking;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>A relay whose far ends all accept what a check asks, until a test says otherwise.</summary>
internal sealed class CheckFixture : IDisposable
{
    public const string Account = """{"data":[{"type":"account","id":"AbC123","attributes":{"public_api_key":"AbC123","contact_information":{"organization_name":"Acme Shop"}}}]}""";
    public const string Denied = """{"errors":[{"code":"permission_denied","title":"You do not have permission to perform this action."}]}""";
    public const string Unauthenticated = """{"errors":[{"code":"authentication_failed","title":"Incorrect authentication credentials."}]}""";
    public const string EmptyEvent = """{"errors":[{"code":"invalid","title":"Invalid input.","source":{"pointer":"/data/attributes/metric"}}]}""";

    public CheckFixture(params (string Name, string? Value)[] differences)
        : this(_ => { }, differences)
    {
    }

    public CheckFixture(Action<IServiceCollection> replace, params (string Name, string? Value)[] differences)
    {
        Relay = new RelayFixture(
            services =>
            {
                services.AddSingleton<IConversationStore, InMemoryConversationStore>();
                replace(services);
            },
            [("Secrets__conversationRecordKey", "a-key-of-the-tests"), .. differences]);
        Accounts = Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(200, Account);
        Events = Relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(400, EmptyEvent);
        Profiles = Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(200, """{"data":[]}""");
        Gladly = Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Reply(200, "", "application/jsonl");
        Relay.Kustomer.On(HttpMethod.Get, "/v1/auth/tokens/current").Reply(200, """{"data":{"type":"auth_token"}}""");
        Relay.Kustomer.On(HttpMethod.Get, "/v1/customers/000000000000000000000000").Reply(404, """{"errors":[{"status":404}]}""");
    }

    public RelayFixture Relay { get; }

    public StubCall Accounts { get; }

    public StubCall Events { get; }

    public StubCall Profiles { get; }

    public StubCall Gladly { get; }

    public Task<IReadOnlyList<CheckReport>> CheckAllAsync()
    {
        var check = Relay.Get<ConnectionCheck>();
        return check.CheckAsync(check.Connections, TestContext.Current.CancellationToken);
    }

    public async Task<CheckReport> CheckAsync(string connection) =>
        (await Relay.Get<ConnectionCheck>().CheckAsync([connection], TestContext.Current.CancellationToken)).Single();

    /// <summary>The line about one subject of the Gladly connection.</summary>
    public async Task<CheckLine> LineAsync(string subject, string connection = "gladly") =>
        (await CheckAsync(connection)).Checks.Single(line => line.Subject == subject);

    public void Dispose() => Relay.Dispose();
}
