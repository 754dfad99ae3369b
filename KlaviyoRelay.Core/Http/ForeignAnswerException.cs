namespace KlaviyoRelay.Core.Http;

/// <summary>Something other than the far end answered: a firewall, a proxy, a login page. The request may succeed later.</summary>
/// <param name="detail">What it answered, masked.</param>
/// <param name="retryAfter">How long it asked to wait; null when it did not say.</param>
public sealed class ForeignAnswerException(string detail, TimeSpan? retryAfter) : Exception
{
    public string Detail { get; } = detail;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The request was not sent, because its credentials were refused while it waited.</summary>
public sealed class CredentialsRefusedException : Exception;
