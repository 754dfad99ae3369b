using System.Collections.Concurrent;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Every far end in one handler. A call that no test registered throws, and fails the fixture too.</summary>
internal sealed class StubHttp : HttpMessageHandler
{
    private readonly ConcurrentStack<StubCall> _calls = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly ConcurrentQueue<string> _unexpected = new();

    /// <summary>Every request in the order in which it came.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public IReadOnlyList<string> Unexpected => [.. _unexpected];

    /// <summary>Registers a call; of several that match, the latest registered answers.</summary>
    public StubCall On(HttpMethod method, Uri address, Func<StubRequest, bool>? where = null)
    {
        var call = new StubCall(method, address, where ?? (_ => true));
        _calls.Push(call);
        return call;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // As a network it answers later than it is asked.
        await Task.Yield();
        var recorded = await StubRequest.OfAsync(request, cancellationToken);
        _requests.Enqueue(recorded);
        if (_calls.FirstOrDefault(call => call.Matches(recorded)) is not { } match)
        {
            _unexpected.Enqueue($"{recorded.Method} {recorded.Address}");
            throw new InvalidOperationException($"No test registered {recorded.Method} {recorded.Address}.");
        }

        return await match.AnswerAsync(recorded, cancellationToken);
    }
}
