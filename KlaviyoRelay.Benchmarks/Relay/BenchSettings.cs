using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>The relay's settings, as environment variables.</summary>
internal static class BenchSettings
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    /// <param name="farEnd">Klaviyo and Kustomer.</param>
    /// <param name="accounts">How many Klaviyo accounts, each with a connection of its own: <c>main</c>, <c>main1</c>, <c>main2</c> and so on.</param>
    /// <param name="bulkThreshold">0 for single events only.</param>
    public static Dictionary<string, string> For(Uri farEnd, int accounts = 1, int? bulkThreshold = null)
    {
        var settings = Of(RelaySettings.For(Nowhere, farEnd, Nowhere));
        for (var number = 1; number < accounts; number++)
        {
            foreach (var (name, value) in settings.Where(setting => setting.Key.Contains($"__{Workload.Connection}__", StringComparison.Ordinal) || setting.Key.Contains($"__{Workload.Account}__", StringComparison.Ordinal)).ToList())
            {
                settings[name
                    .Replace($"__{Workload.Connection}__", $"__{Workload.ConnectionOf(number)}__", StringComparison.Ordinal)
                    .Replace($"__{Workload.Account}__", $"__{Workload.AccountOf(number)}__", StringComparison.Ordinal)] = value;
            }

            settings[$"Relay__Connections__{Workload.ConnectionOf(number)}__Account"] = Workload.AccountOf(number);
        }

        if (bulkThreshold is { } threshold)
        {
            settings["Relay__Delivery__BulkThreshold"] = $"{threshold}";
        }

        return settings;
    }

    /// <summary>The settings of the fault tests, with the profile property on.</summary>
    public static Dictionary<string, string> Of(Dictionary<string, string> settings)
    {
        settings[$"Relay__Connections__{Workload.Connection}__ProfileProperty"] = Workload.ProfileProperty;
        settings.Remove("LocalHost__Lock");
        return settings;
    }
}
