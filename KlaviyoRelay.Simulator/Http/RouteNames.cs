namespace KlaviyoRelay.Simulator.Http;

/// <summary>Paths with their ids taken out, so that requests can be counted by what they ask for.</summary>
internal static class RouteNames
{
    private static readonly HashSet<string> Collections =
        new(StringComparer.Ordinal) { "campaign-messages", "conversations", "customer-profiles", "customers", "profiles", "lists", "metrics", "profile-bulk-import-jobs" };

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
