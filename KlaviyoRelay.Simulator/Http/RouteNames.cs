namespace KlaviyoRelay.Simulator.Http;

/// <summary>Paths with their ids taken out, so that requests can be counted by what they ask for.</summary>
internal static class RouteNames
{
    private static readonly HashSet<string> Collections = new(StringComparer.Ordinal)
    {
        "campaign-messages", "campaign-recipient-estimations", "campaign-send-jobs", "campaigns", "conversations", "customer-profiles", "customers", "lists", "metrics",
        "profile-bulk-import-jobs", "profiles", "segments", "templates",
    };

    public static string Of(string method, string service, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < segments.Length; i++)
        {
            if (Collections.Contains(segments[i - 1]))
            {
                segments[i] = "{id}";
            }
        }

        return $"{method} /{service}/{string.Join('/', segments)}";
    }
}
