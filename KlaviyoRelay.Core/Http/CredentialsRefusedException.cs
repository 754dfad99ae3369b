namespace KlaviyoRelay.Core.Http;

/// <summary>The request was not sent, because its credentials were refused while it waited.</summary>
public sealed class CredentialsRefusedException : Exception;
