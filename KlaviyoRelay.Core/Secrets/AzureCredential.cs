using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>Who the relay is to Azure: its user-assigned identity there, the developer's own sign-in elsewhere.</summary>
public static class AzureCredential
{
    /// <summary>
    /// The credential for the setting <c>AZURE_CLIENT_ID</c>; without it, whatever the developer is signed in with.
    /// Nothing is asked before the first token is needed.
    /// </summary>
    /// <param name="configuration">The host's settings.</param>
    public static TokenCredential Create(IConfiguration configuration)
    {
        return configuration["AZURE_CLIENT_ID"] is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : OfDeveloper();
    }

    /// <summary>What a person is signed in with, whatever identity the settings name.</summary>
    public static TokenCredential OfDeveloper() => new DefaultAzureCredential(OnADevelopersMachine());

    // Looking for an identity that is not there takes seconds, and its failure would hide the advice to sign in.
    private static DefaultAzureCredentialOptions OnADevelopersMachine() => new()
    {
        ExcludeManagedIdentityCredential = true,
        ExcludeWorkloadIdentityCredential = true,
    };
}
