using System.Net;
using System.Net.Sockets;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class StaggeredConnectTests
{
    private static readonly IPAddress Six = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress OtherSix = IPAddress.Parse("2001:db8::2");
    private static readonly IPAddress Four = IPAddress.Parse("192.0.2.1");

    private readonly TestClock _clock = new();
    private readonly List<IPAddress> _tried = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_that_never_answers_costs_a_moment()
    {
        await using var stream = await ConnectAsync([Six, OtherSix, Four], address => address.Equals(Four) ? Open() : Never());

        _tried.ShouldBe([Six, Four]);
        _clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Address_that_refuses_is_followed_by_the_next_at_once()
    {
        await using var stream = await ConnectAsync([Six, Four], address => address.Equals(Four) ? Open() : Refused());

        _clock.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Address_that_answers_is_the_only_one_that_is_tried()
    {
        await using var stream = await ConnectAsync([Six, Four], _ => Open());

        _tried.ShouldBe([Six]);
    }

    [Fact]
    public async Task Last_refusal_fails_with_what_the_first_said() =>
        (await Should.ThrowAsync<SocketException>(() => ConnectAsync([Six, Four], _ => Refused()))).SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);

    [Fact]
    public async Task Connect_is_cancelled_while_nothing_answers()
    {
        using var cancellation = new CancellationTokenSource();
        var connecting = new StaggeredConnect((_, _) => Task.FromResult(new[] { Six }), async (_, token) => { await Task.Delay(Timeout.InfiniteTimeSpan, token); return Stream.Null; }, _clock)
            .ConnectAsync("far.example", 443, cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(connecting);
    }

    [Fact]
    public void Relays_client_connects_so()
    {
        using var handler = RelayHttpClient.CreateHandler();

        handler.ConnectCallback.ShouldNotBeNull();
    }

    private Task<Stream> ConnectAsync(IPAddress[] addresses, Func<IPAddress, Task<Stream>> connect) => new StaggeredConnect(
        (_, _) => Task.FromResult(addresses),
        (endPoint, _) =>
        {
            _tried.Add(endPoint.Address);
            return connect(endPoint.Address);
        },
        _clock).ConnectAsync("far.example", 443, Token);

    private static Task<Stream> Open() => Task.FromResult(Stream.Null);

    private static Task<Stream> Never() => new TaskCompletionSource<Stream>().Task;

    private static Task<Stream> Refused() => Task.FromException<Stream>(new SocketException((int)SocketError.ConnectionRefused));
}
