namespace KlaviyoRelay.Core.Http;

/// <summary>One error as an API said it.</summary>
public sealed record ApiError(string? Code, string? Title, string? Detail, string? Pointer);
