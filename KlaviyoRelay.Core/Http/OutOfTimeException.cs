namespace KlaviyoRelay.Core.Http;

/// <summary>The rate limit lets the request pass only after its batch's time is over.</summary>
public sealed class OutOfTimeException : Exception;
