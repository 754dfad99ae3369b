using System.Globalization;
using System.Net.Sockets;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Why a request got no answer, in words for a person: a clause without a full stop. Never the exception's own words,
/// which can hold an address with an email in it.
/// </summary>
public static class NoAnswer
{
    /// <param name="exception">What ended the request.</param>
    /// <param name="took">How long it took.</param>
    public static string Words(Exception exception, TimeSpan took) => exception switch
    {
        HttpRequestException { InnerException: SocketException socket } => Words(socket.SocketErrorCode),
        HttpRequestException { InnerException.InnerException: SocketException socket } => Words(socket.SocketErrorCode),
        HttpRequestException request => Words(request.HttpRequestError),
        OperationCanceledException or TimeoutException or Polly.Timeout.TimeoutRejectedException => $"nothing came within {Seconds(took)} s",
        FormatException => "the key holds a line break, so nothing was sent",
        _ when BrokenCompression.Is(exception) => "the answer could not be unpacked",
        _ => $"the request failed ({exception.GetType().Name})",
    };

    /// <summary>The same as a sentence.</summary>
    public static string Sentence(Exception exception, TimeSpan took)
    {
        var words = Words(exception, took);
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "the connection was cut",
        SocketError.TimedOut => "no connection was made in time",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => Words(HttpRequestError.NameResolutionError),
        SocketError.HostUnreachable or SocketError.HostDown or SocketError.NetworkUnreachable or SocketError.NetworkDown => "the network has no way to the address",
        _ => Words(HttpRequestError.ConnectionError),
    };

    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the name could not be resolved",
        HttpRequestError.SecureConnectionError => "no secure connection (TLS) could be made",
        HttpRequestError.ProxyTunnelError => "the proxy made no connection",
        HttpRequestError.ResponseEnded => "the connection was cut before the answer was complete",
        HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse or HttpRequestError.VersionNegotiationError => "the answer was not valid HTTP",
        _ => "the connection failed",
    };

    private static string Seconds(TimeSpan time) => Math.Max(1, Math.Round(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
