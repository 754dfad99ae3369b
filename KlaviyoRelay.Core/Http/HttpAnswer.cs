using System.Diagnostics.CodeAnalysis;

namespace KlaviyoRelay.Core.Http;

/// <summary>Either an answer that trying again would not change, or why there is none.</summary>
public sealed class HttpAnswer : IDisposable
{
    private HttpAnswer(HttpResponseMessage? response, DeliveryFailure? failure)
    {
        Response = response;
        Failure = failure;
    }

    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsAnswered => Response is not null;

    public HttpResponseMessage? Response { get; }

    public DeliveryFailure? Failure { get; }

    public static HttpAnswer Of(HttpResponseMessage response) => new(response, null);

    public static HttpAnswer None(DeadLetterReason reason, string detail, TimeSpan? retryAfter = null) =>
        new(null, new DeliveryFailure(reason, detail, retryAfter));

    public void Dispose() => Response?.Dispose();
}
