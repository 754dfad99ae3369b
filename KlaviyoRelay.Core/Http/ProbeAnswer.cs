using System.Diagnostics.CodeAnalysis;

namespace KlaviyoRelay.Core.Http;

/// <summary>The answer to a check's request, or why there is none.</summary>
public sealed class ProbeAnswer : IDisposable
{
    private ProbeAnswer(HttpResponseMessage? response, ReadOnlyMemory<byte> body, HttpRequestError? error)
    {
        Response = response;
        Body = body;
        Error = error;
    }

    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAnswered => Response is not null;

    public HttpResponseMessage? Response { get; }

    /// <summary>The answer's body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>What kept it from being answered; <see cref="HttpRequestError.Unknown"/> also when there was no answer in time.</summary>
    public HttpRequestError? Error { get; }

    public static ProbeAnswer Of(HttpResponseMessage response, ReadOnlyMemory<byte> body) => new(response, body, null);

    public static ProbeAnswer None(HttpRequestError error) => new(null, default, error);

    public void Dispose() => Response?.Dispose();
}
