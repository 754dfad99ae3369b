namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>Why customers with made-up addresses and the real Klaviyo do not go together.</summary>
internal static class MadeUpCustomers
{
    public static string Why(Uri klaviyo) =>
        $"Events go to {klaviyo}, where the sample customers would become profiles of made-up addresses: set Simulator__CustomerEmail to an address of yours, in local.settings.json or the environment, and start the simulator again.";
}
