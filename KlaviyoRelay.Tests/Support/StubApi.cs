namespace KlaviyoRelay.Tests.Support;

/// <summary>One far end of <see cref="StubHttp"/>, by its base address.</summary>
internal sealed class StubApi(StubHttp http, string baseAddress)
{
    public IReadOnlyList<StubRequest> Requests =>
        [.. http.Requests.Where(request => request.Address.AbsoluteUri.StartsWith(baseAddress, StringComparison.Ordinal))];

    public StubCall On(HttpMethod method, string path, Func<StubRequest, bool>? where = null) => http.On(method, new Uri(baseAddress + path), where);
}
