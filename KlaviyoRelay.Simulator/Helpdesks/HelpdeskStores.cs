using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>The helpdesks by name, with the customers they start with.</summary>
internal sealed class HelpdeskStores
{
    private readonly SeededCustomers _seeded;

    public HelpdeskStores(SeededCustomers seeded)
    {
        _seeded = seeded;
        Seed();
    }

    public HelpdeskStore Gladly { get; } = new();

    public HelpdeskStore Kustomer { get; } = new();

    public HelpdeskStore? Find(string? name) => name switch
    {
        GladlyApi.ServiceName => Gladly,
        KustomerApi.ServiceName => Kustomer,
        _ => null,
    };

    /// <param name="keepCustomers">Keep the customers that were added over the control API.</param>
    public void Reset(bool keepCustomers)
    {
        foreach (var store in (HelpdeskStore[])[Gladly, Kustomer])
        {
            store.ClearConversations();
            if (!keepCustomers)
            {
                store.ClearCustomers();
            }
        }

        if (!keepCustomers)
        {
            Seed();
        }
    }

    private void Seed()
    {
        Gladly.Put(_seeded.Of(GladlyApi.ServiceName));
        Kustomer.Put(_seeded.Of(KustomerApi.ServiceName));
    }
}
