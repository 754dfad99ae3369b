namespace KlaviyoRelay.Core.Secrets;

/// <summary>Why a secret can't be had: each asks for another fix.</summary>
public enum SecretProblem
{
    /// <summary>There is no such secret, or it is disabled. A person has to store it, or to correct the setting that names it.</summary>
    Missing,

    /// <summary>The relay may not read secrets. A person has to give it the role Key Vault Secrets User.</summary>
    Forbidden,

    /// <summary>The vault or the sign-in does not answer. Mostly an outage, which ends by itself.</summary>
    Unreachable,

    /// <summary>It holds what no key, token or password holds, such as a byte order mark. It has to be stored again.</summary>
    Malformed,
}
