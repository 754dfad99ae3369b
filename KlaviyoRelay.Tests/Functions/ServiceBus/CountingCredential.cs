using Azure.Core;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>Hands out one token for Service Bus and nothing else, or fails as told.</summary>
internal sealed class CountingCredential(Exception? failure = null) : TokenCredential
{
    public const string Token = "a-token-for-service-bus";

    private int _calls;

    public int Calls => _calls;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (failure is not null)
        {
            throw failure;
        }

        requestContext.Scopes.ShouldBe(["https://servicebus.azure.net/.default"]);
        return new AccessToken(Token, TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
