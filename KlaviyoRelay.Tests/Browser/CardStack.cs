using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The same with a card in Kustomer, and with the Klaviyo account that has sample customers.</summary>
public sealed class CardStack : DashboardStack
{
    public CardStack()
    {
        Settings["Secrets__klaviyoKey"] = SeededAccount.Key;
        foreach (var (setting, value) in RelaySettings.Card)
        {
            Settings[setting] = value;
        }
    }
}
