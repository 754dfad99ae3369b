using Azure.Core;

namespace KlaviyoRelay.Tests.Functions.Storage;

/// <summary>Hands out one token for storage and nothing else.</summary>
internal sealed class StorageCredential : TokenCredential
{
    public const string Token = "a-token-for-storage";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        requestContext.Scopes.ShouldBe(["https://storage.azure.com/.default"]);
        return new AccessToken(Token, TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
