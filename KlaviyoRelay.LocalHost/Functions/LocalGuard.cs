using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>
/// Lets only the person at this machine in: the connection has to come from it and not by way of a proxy or tunnel, the
/// Host header has to name it (a page elsewhere whose name resolves to 127.0.0.1 names itself there), other pages in the
/// browser may not ask for anything, and whatever changes something has to bring the token that only the dashboard's own
/// page was given.
/// </summary>
internal sealed class LocalGuard
{
    public const string TokenHeader = "X-Dashboard-Token";

    private const string FetchSite = "Sec-Fetch-Site";
    private const int TokenBytes = 32;

    private static readonly string[] LoopbackNames = ["127.0.0.1", "localhost", "[::1]"];

    // A tunnel that puts localhost into the Host header still says with these for whom it asks.
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-Host", "X-Real-IP", "CF-Connecting-IP", "Via"];

    /// <summary>What the page's requests bring along; another at each start.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>Why a request is refused; null when it is not.</summary>
    public string? Refusal(HttpRequest request) =>
        !IsFromHere(request.HttpContext.Connection) ? "The dashboard answers this machine only."
        : !LoopbackNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) ? "The dashboard answers to 127.0.0.1 and localhost only: open it by one of these names."
        : ForwardingHeaders.Any(request.Headers.ContainsKey) ? "The dashboard is not shown through a tunnel or proxy: open it on the machine itself."
        : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? RefusalOfLook(request)
        : RefusalOfChange(request);

    // Another page can't read an answer, but it could keep all streams busy or have the queues walked through. A person
    // may follow a link to the page itself.
    private static string? RefusalOfLook(HttpRequest request) =>
        IsAbsentOr(request.Headers[FetchSite], "same-origin") || IsAbsentOr(request.Headers[FetchSite], "none") || (request.Path == "/" && request.Headers["Sec-Fetch-Dest"] == "document") ? null
        : "Only the dashboard's own page may ask for this.";

    private string? RefusalOfChange(HttpRequest request) =>
        !IsToken(request.Headers[TokenHeader]) ? "The dashboard's token is missing or of an earlier start: load the page again."
        : !IsSameOrigin(request) ? "Only the dashboard's own page may do this."
        : null;

    private static bool IsFromHere(ConnectionInfo connection) => IsLoopback(connection.RemoteIpAddress) && IsLoopback(connection.LocalIpAddress);

    // Null is a connection without addresses, such as a Unix socket's: of this machine too, but nothing says so.
    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private bool IsToken(StringValues given) =>
        given is [{ } token] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token));

    private static bool IsSameOrigin(HttpRequest request) =>
        IsAbsentOr(request.Headers.Origin, $"{request.Scheme}://{request.Host}") && IsAbsentOr(request.Headers[FetchSite], "same-origin");

    private static bool IsAbsentOr(StringValues header, string value) => header.Count == 0 || header == value;
}
