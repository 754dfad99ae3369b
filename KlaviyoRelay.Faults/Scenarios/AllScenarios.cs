namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Every fault, in the order of the table.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } =
    [
        new DocumentedLimits(bulk: true),
        new DocumentedLimits(bulk: false),
        new Throttled(),
        new ServerErrors(),
        new EdgePages(),
        new BulkErrors(),
        new SlowAndDropped(),
        new KlaviyoDown(),
        new KeyRevoked(),
        new BadEmail(),
        new HelpdeskTrouble(),
        new Killed(),
        new QueueAway(),
        new ParkedFull(),
        new RedriveKilled(),
        new Strangers(),
        new TwoAccounts(),
        new Turns(),
        new SharedLookUps(),
        new Order(),
        new ClockSet(),
        new Drain(),
        new RowsKilled(),
        new RowsRefused(),
        new RowsDown(),
        new RowsBeside(),
        new RowsCut(),
        new CardsBeside(),
        new CardsRush(),
        new CampaignsTwice(),
    ];

    public static IEnumerable<string> Names => List.Select(scenario => scenario.Name);
}
