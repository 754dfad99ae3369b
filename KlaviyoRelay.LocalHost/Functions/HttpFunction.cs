namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>A function that an HTTP request triggers.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Methods">HTTP methods, in upper case.</param>
/// <param name="Route">The route without the prefix.</param>
/// <param name="IsAnonymous">Whether anyone may call it; on Azure, others need a key.</param>
/// <param name="Handler">A method whose parameters ASP.NET Core can bind.</param>
internal sealed record HttpFunction(string Name, IReadOnlyList<string> Methods, string Route, bool IsAnonymous, Delegate Handler);
