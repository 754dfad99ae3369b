namespace KlaviyoRelay.Core.Http;

/// <summary>The request was not sent, because its credentials were refused while it waited.</summary>
internal sealed class CredentialsRefusedException : Exception;
