namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>Every row, in the table's order.</summary>
internal static class AllRows
{
    public static IReadOnlyList<Row> List { get; } =
    [
        new FloorSingle(),
        new DeliverSingle(),
        new FloorBulk(),
        new DeliverBulk(),
        new RelayBulk(),
        new Ingest(inFlight: 1),
        new Ingest(inFlight: 8),
        new Ingest(inFlight: 32),
        new EndToEnd(events: 20_000),
        new EndToEnd(events: 100_000),
        new EndToEndOnAzurite(),
        new Drain(events: 20_000),
        new Drain(events: 100_000),
        new DrainOnAzurite(),
        new Start(isReadyToRun: true),
        new Start(isReadyToRun: false),
        new Backlog(size: 1000),
        new Backlog(size: 100_000),
        new Accounts(accounts: 1),
        new Accounts(accounts: 100),
        new RecordsFloor(),
        new RecordsMap(hasPhones: false),
        new RecordsMap(hasPhones: true),
        new RecordsRun(rows: 100_000),
        new RecordsRun(rows: 1_000_000),
        new ListDelete(members: 10_000),
        new ListDelete(members: 100_000),
        new Changed(rows: 100_000, isRead: true),
        new Changed(rows: 100_000, isRead: false),
        new Changed(rows: 1_000_000, isRead: true),
        new Changed(rows: 1_000_000, isRead: false),
        new Cards(isCold: false),
        new Cards(isCold: true),
    ];

    public static IEnumerable<string> Names => List.Select(row => row.Name);
}
