using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>The tries of one request to Klaviyo.</summary>
/// <param name="observer">Is told of each try; null when no observer wants to be.</param>
public sealed class Tries(Action<HttpTry>? observer)
{
    /// <summary>Whether one was given up without an answer: Klaviyo may carry it out after what is sent next.</summary>
    public bool MayComeLate { get; private set; }

    public void Note(HttpTry what)
    {
        MayComeLate |= what is HttpTry.Ended { Status: null };
        observer?.Invoke(what);
    }
}
