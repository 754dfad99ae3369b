using System.Globalization;
using System.Text;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Faults;

/// <summary>The answer of a fault that has a status: the given body, or the one the service would send with it.</summary>
internal static class FaultAnswer
{
    private const string EdgePage = """
        <!DOCTYPE html>
        <html lang="en-US"><head><title>Just a moment...</title></head>
        <body><h1>Checking your browser</h1><p>Ray ID: 0000000000000000</p></body></html>

        """;

    public static Answer For(string service, FaultRule fault, DateTimeOffset now)
    {
        var answer = Body(service, fault);
        return fault.RetryAfter is { } retryAfter
            ? answer.With(new KeyValuePair<string, string>("Retry-After", RetryAfter(retryAfter, now)))
            : answer;
    }

    /// <summary>The header's value: seconds as given, or a date that many seconds ahead.</summary>
    private static string RetryAfter(string value, DateTimeOffset now) =>
        value.StartsWith("date:", StringComparison.Ordinal)
            ? now.AddSeconds(int.Parse(value.AsSpan(5), CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture)
            : value;

    private static Answer Body(string service, FaultRule fault)
    {
        var status = fault.Status ?? 500;
        if (fault.Body is { } body)
        {
            return new Answer(status, fault.ContentType ?? "application/json", Encoding.UTF8.GetBytes(body));
        }

        if (fault.ContentType is { } html && html.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return new Answer(status, html, Encoding.UTF8.GetBytes(EdgePage));
        }

        var usual = service switch
        {
            KlaviyoApi.ServiceName => KlaviyoErrors.ForStatus(status).ToAnswer(),
            GladlyApi.ServiceName => GladlyDocuments.Error(status, "fault", "simulated fault"),
            _ => KustomerDocuments.Error(status, "simulated fault"),
        };
        return fault.ContentType is { } contentType ? usual with { ContentType = contentType } : usual;
    }
}
