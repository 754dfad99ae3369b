using System.Net.Sockets;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class NoAnswerTests
{
    private const string Address = "GET https://klaviyo.example/?email=ann@shop.example";

    public static TheoryData<SocketError, string> Sockets => new()
    {
        { SocketError.ConnectionRefused, "The connection was refused." },
        { SocketError.ConnectionReset, "The connection was cut." },
        { SocketError.TimedOut, "No connection was made in time." },
        { SocketError.HostNotFound, "The name could not be resolved." },
        { SocketError.NetworkUnreachable, "The network has no way to the address." },
        { SocketError.AccessDenied, "The connection failed." },
    };

    public static TheoryData<HttpRequestError, string> Requests => new()
    {
        { HttpRequestError.NameResolutionError, "The name could not be resolved." },
        { HttpRequestError.SecureConnectionError, "No secure connection (TLS) could be made." },
        { HttpRequestError.ResponseEnded, "The connection was cut before the answer was complete." },
        { HttpRequestError.InvalidResponse, "The answer was not valid HTTP." },
        { HttpRequestError.ProxyTunnelError, "The proxy made no connection." },
        { HttpRequestError.Unknown, "The connection failed." },
    };

    [Theory]
    [MemberData(nameof(Sockets))]
    public void Connection_that_fails_is_told_as_a_person_would(SocketError error, string sentence)
    {
        // Within an IOException when the connection was there and broke.
        Sentence(new HttpRequestException(Address, new SocketException((int)error))).ShouldBe(sentence);
        Sentence(new HttpRequestException(Address, new IOException(Address, new SocketException((int)error)))).ShouldBe(sentence);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_that_fails_is_told_as_a_person_would(HttpRequestError error, string sentence) => Sentence(new HttpRequestException(error, Address)).ShouldBe(sentence);

    [Fact]
    public void Answer_that_does_not_come_is_told_with_how_long_it_was_waited_for() => Sentence(new TaskCanceledException(Address)).ShouldBe("Nothing came within 15 s.");

    [Fact]
    public void Answer_and_key_that_can_not_be_read_are_told()
    {
        Sentence(new InvalidDataException(Address)).ShouldBe("The answer could not be unpacked.");
        Sentence(new FormatException(Address)).ShouldBe("The key holds a line break, so nothing was sent.");
        Sentence(new ArithmeticException(Address)).ShouldBe("The request failed (ArithmeticException).");
    }

    private static string Sentence(Exception exception) => NoAnswer.Sentence(exception, TimeSpan.FromSeconds(15.2));
}
