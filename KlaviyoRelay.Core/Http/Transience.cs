using Polly.Timeout;

namespace KlaviyoRelay.Core.Http;

/// <summary>Whether the same request may succeed later without anybody's doing.</summary>
public static class Transience
{
    public static bool Of(HttpResponseMessage response) => AnswerForm.IsTransient(response.StatusCode);

    public static bool Of(Exception? exception) =>
        exception is HttpRequestException or TimeoutRejectedException or ForeignAnswerException || BrokenCompression.Is(exception);
}
