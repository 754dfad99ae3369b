using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>An endpoint with the scopes it needs and its limits per second and per minute, from Klaviyo's reference.</summary>
internal sealed record KlaviyoEndpoint(
    string Method, string Path, string[] Scopes, int PerSecond, int PerMinute, Func<KlaviyoCall, Answer> Answer)
{
    private const string Id = "{id}";

    private readonly string[] _segments = Path.Split('/');

    /// <summary>The limit per day, where there is one.</summary>
    public int? PerDay { get; init; }

    /// <summary>Whether the path is this endpoint's, and what stands in the place of its id.</summary>
    public bool IsAt(string[] segments, out string id)
    {
        id = "";
        if (segments.Length != _segments.Length)
        {
            return false;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            if (_segments[i] == Id)
            {
                id = segments[i];
            }
            else if (_segments[i] != segments[i])
            {
                return false;
            }
        }

        return true;
    }
}
