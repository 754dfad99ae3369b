using System.Collections.Concurrent;
using Azure.Core;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>Hands out one token for Key Vault and remembers how it was asked, or fails as told.</summary>
internal sealed class VaultCredential : TokenCredential
{
    public const string Token = "a-token-for-key-vault";

    private readonly ConcurrentQueue<TokenRequestContext> _requests = new();

    public IReadOnlyList<TokenRequestContext> Requests => [.. _requests];

    public Exception? Failure { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        _requests.Enqueue(requestContext);
        return Failure is null ? new AccessToken(Token, TimeProvider.System.GetUtcNow().AddHours(1)) : throw Failure;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
