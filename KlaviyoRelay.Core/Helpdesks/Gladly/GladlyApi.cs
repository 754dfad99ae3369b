using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Requests to Gladly's REST API (developer.gladly.com/rest). All of a connection's GETs share one rate limit.</summary>
public sealed class GladlyApi(TimeProvider clock)
{
    public const string Name = "Gladly";

    /// <summary>An error may stand there without a list around it.</summary>
    public static AnswerForm Found { get; } = AnswerForm.Found with { IsVerdict = body => ApiErrors.Read(body, allowOne: true).Count > 0 };

    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);

    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="path">Relative to the base address, with the query.</param>
    public HttpCall Get(Connection connection, string path)
    {
        var options = connection.Options.Own<GladlyOptions>();
        var address = new Uri(BaseAddress.Of(options.BaseAddress), path);
        var limiter = _limiters.GetOrAdd(connection.Name, _ => new RateLimiter(clock, new SlidingWindow(options.RequestsPerSecond, TimeSpan.FromSeconds(1))));
        return new HttpCall(Name, limiter, options.ApiTokenSecret, token => new HttpRequestMessage(HttpMethod.Get, address)
        {
            Headers =
            {
                Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiUser}:{token}"))),
            },
        })
        {
            Form = Found,
        };
    }
}
