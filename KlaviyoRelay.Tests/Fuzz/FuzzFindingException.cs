namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>An input did what none may do. The message says how to try it again.</summary>
internal sealed class FuzzFindingException(string message, Exception innerException) : Exception(message, innerException);
