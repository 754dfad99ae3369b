namespace KlaviyoRelay.Tests.Secrets;

/// <summary>A Klaviyo that takes events with the keys that are valid at the moment, and remembers what it took.</summary>
internal sealed class KeyedKlaviyo
{
    private readonly Lock _lock = new();
    private readonly List<(string Key, string UniqueId)> _accepted = [];
    private readonly List<string> _refused = [];
    private HashSet<string> _valid;

    public KeyedKlaviyo(StubApi api, params string[] valid)
    {
        _valid = [.. valid];
        api.On(HttpMethod.Post, StubApiExtensions.Events).Reply((request, _) => Task.FromResult(Answer(request)));
    }

    /// <summary>The keys that were used with success, in order.</summary>
    public IReadOnlyList<string> Accepted => [.. _accepted.Select(accepted => accepted.Key)];

    /// <summary>The keys that were used in vain, in order.</summary>
    public IReadOnlyList<string> Refused => _refused;

    /// <summary>The status that a wrong key is answered with.</summary>
    public int Refusal { get; set; } = 401;

    /// <summary>Runs after each accepted event, with their number.</summary>
    public Action<int> AfterAccepted { get; set; } = _ => { };

    public void Allow(params string[] keys)
    {
        lock (_lock)
        {
            _valid = [.. keys];
        }
    }

    public void ShouldHaveEachOnce(int events)
    {
        _accepted.Count.ShouldBe(events);
        _accepted.DistinctBy(accepted => accepted.UniqueId).Count().ShouldBe(events);
    }

    private HttpResponseMessage Answer(StubRequest request)
    {
        var key = request.Headers["Authorization"]["Klaviyo-API-Key ".Length..];
        lock (_lock)
        {
            if (!_valid.Contains(key))
            {
                _refused.Add(key);
                return StubCall.Answer(Refusal, """{"errors":[{"id":"1","code":"authentication_failed","title":"No.","detail":"No."}]}""");
            }

            _accepted.Add((key, request.UniqueId()));
            AfterAccepted(_accepted.Count);
            return StubCall.Answer(202);
        }
    }
}
