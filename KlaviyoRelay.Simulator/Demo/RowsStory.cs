using System.Globalization;
using System.Text;
using KlaviyoRelay.Simulator.Helpdesks;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>200 rows: 150 people and 50 of their orders, with every kind of row that is refused.</summary>
internal sealed class RowsStory(DateTimeOffset now)
{
    public const string Leads = "leads";
    public const string Orders = "orders";

    private const int Good = 142;
    private const int GoodOrders = 44;

    // Klaviyo takes external ids of 255 characters and profiles of 100 KB.
    private static readonly string LongId = new('7', 300);
    private static readonly string LongNote = new('n', 101_000);

    private readonly string _time = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public IReadOnlyList<RowsStep> Steps =>
    [
        new RowsStep(
            Leads,
            People(),
            Expected(
                read: 150,
                ("loaded", Good), ("superseded", 1), ("rejected", 7),
                ("no-identifier", 1), ("bad-email", 1), ("reserved-domain", 1), ("bad-phone", 1), ("bad-value", 1), ("too-large", 1), ("refused", 1))),
        new RowsStep(
            Orders,
            OrdersOfPeople(),
            Expected(
                read: 50,
                ("acceptedWithoutResult", GoodOrders), ("superseded", 1), ("rejected", 5),
                ("no-key", 1), ("bad-metric", 1), ("bad-time", 1), ("bad-value", 1), ("unknown-profile", 1))),
    ];

    private static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"row{number}@{SeededCustomers.Domain}");

    private static string People()
    {
        var csv = new StringBuilder("email,phone,country,customer_id,points,note\n");
        // A later row of the same person.
        foreach (var number in Enumerable.Range(1, Good).Append(1))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{Person(number)},,US,,{number},\n");
        }

        return csv
            .Append(",,US,,1,nobody\n")
            .Append("no-address,,US,,1,\n")
            .Append("ann@example.com,,US,,1,\n")
            .Append(CultureInfo.InvariantCulture, $"bad-phone@{SeededCustomers.Domain},12,US,,1,\n")
            .Append(CultureInfo.InvariantCulture, $"long-id@{SeededCustomers.Domain},,US,{LongId},1,\n")
            .Append(CultureInfo.InvariantCulture, $"long-note@{SeededCustomers.Domain},,US,,1,{LongNote}\n")
            // Klaviyo refuses this number.
            .Append(CultureInfo.InvariantCulture, $"refused-phone@{SeededCustomers.Domain},+12125550150,US,,1,\n")
            .ToString();
    }

    private string OrdersOfPeople()
    {
        var csv = new StringBuilder("order,email,what,at,total\n");
        // The last one comes again.
        foreach (var number in Enumerable.Range(1, GoodOrders).Append(GoodOrders))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{number},{Person(number)},Placed Order,{_time},{number}.50\n");
        }

        return csv
            .Append(CultureInfo.InvariantCulture, $",{Person(1)},Placed Order,{_time},1\n")
            .Append(CultureInfo.InvariantCulture, $"101,{Person(1)},$order,{_time},1\n")
            .Append(CultureInfo.InvariantCulture, $"102,{Person(1)},Placed Order,yesterday,1\n")
            .Append(CultureInfo.InvariantCulture, $"103,{Person(1)},Placed Order,{_time},a lot\n")
            .Append(CultureInfo.InvariantCulture, $"104,row-nobody@{SeededCustomers.Domain},Placed Order,{_time},1\n")
            .ToString();
    }

    private static Dictionary<string, int> Expected(int read, params IEnumerable<(string Name, int Count)> counts) =>
        counts.Prepend(("read", read)).ToDictionary(count => count.Item1, count => count.Item2, StringComparer.Ordinal);
}
