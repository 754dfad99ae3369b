using KlaviyoRelay.Simulator.Klaviyo.Imports;

namespace KlaviyoRelay.Simulator.Limits;

/// <summary>What <c>POST /_simulator/settings</c> switches. Everything is off at the start.</summary>
internal sealed class SimulatorSettings
{
    private volatile Values _values = new();

    public Values Current => _values;

    public void Set(Values values) => _values = values;

    /// <param name="Limits">Klaviyo's rate limits.</param>
    /// <param name="GladlyLimit">Gladly's 10 requests a second per method.</param>
    /// <param name="KustomerLimit">Kustomer's requests a minute, 0 for no limit.</param>
    /// <param name="DropReservedAddresses">Accept events for example.com and its like, and forget them.</param>
    internal sealed record Values(
        bool Limits = false,
        bool GladlyLimit = false,
        int KustomerLimit = 0,
        bool DropReservedAddresses = false)
    {
        public ImportSettings Imports { get; init; } = new();

        /// <summary>Whether Klaviyo ever tells how many would get a campaign.</summary>
        public bool Estimates { get; init; } = true;
    }
}
