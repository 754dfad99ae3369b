namespace KlaviyoRelay.Tests.Records;

/// <summary>Settings of a sync: a wrong one stops the start with one line that names it.</summary>
public sealed class SyncOptionsTests
{
    private const string Leads = "Relay__Syncs__leads__";

    private static readonly (string Name, string? Value)[] Secret = [(Leads + "Secret", "rows-secret"), ("Secrets__rows-secret", "secret")];

    private static readonly (string Name, string? Value)[] Profiles =
    [
        (Leads + "Account", "main"), (Leads + "Object", "profiles"), .. Secret, (Leads + "Fields__Email", "email"), (Leads + "Fields__PhoneNumber", "phone"), (Leads + "ProfileProperties", "points,tier=Loyalty tier"),
    ];

    private static readonly (string Name, string? Value)[] List =
        [(Leads + "Account", "main"), (Leads + "Object", "lists"), .. Secret, (Leads + "List", "LIST01"), (Leads + "Fields__Email", "email")];

    private static readonly (string Name, string? Value)[] Events =
    [
        (Leads + "Account", "main"), (Leads + "Object", "events"), .. Secret, (Leads + "Key", "id"), (Leads + "Fields__Email", "email"), (Leads + "Event__Name", "Placed Order"), (Leads + "Event__TimeColumn", "at"),
    ];

    // Rows of a query: nobody posts them, so there is no secret of senders.
    private static readonly (string Name, string? Value)[] Sql =
    [
        .. List.Except(Secret), (Leads + "Sql__Query", "select email from people;"), (Leads + "Sql__ConnectionStringSecret", "warehouse"), ("Secrets__warehouse", "Host=localhost"), (Leads + "Sql__Schedule", "*/5 * * * *"),
    ];

    public static TheoryData<string, string, string?, string> Wrong => new()
    {
        { "sql", "Sql__Query", null, "Sql__Query is missing: it should be a query, such as select email, points from customers." },
        { "sql", "Sql__Query", "select 1; select 2", "Sql__Query is 'select 1; select 2': it should be one statement, with a semicolon at its end only." },
        { "sql", "Sql__ConnectionStringSecret", null, "Sql__ConnectionStringSecret is missing: it should be the name of the secret that holds the connection string of the database." },
        { "sql", "Sql__Schedule", "hourly", "Sql__Schedule is 'hourly': it should be six fields: second minute hour day month weekday, or five without the second, each *, a number, a range a-b or a list a,b, with or without a step /n." },
        { "sql", "Sql__Mode", "delta", "Sql__Mode is 'delta': it should be full, changed or since." },
        { "sql", "Sql__Mode", "since", "Sql__SinceColumn is missing: it should be the column whose greatest value is where the next run begins." },
        { "sql", "Sql__SinceColumn", "id", "Sql__SinceColumn is 'id': it should be left out, because Mode is full." },
        { "sql", "Sql__CommandTimeout", "00:10:00", "Sql__CommandTimeout is '00:10:00': it should be above 00:00:00 and at most 00:09:00." },
        { "sql", "Sql__Overlap", "-00:01:00", "Sql__Overlap is '-00:01:00': it should be 00:00:00 or more." },
        { "sql", "Sql__NumberOverlap", "-1", "Sql__NumberOverlap is '-1': it should be 0 or more." },
        { "deleting", "Sql__DeleteLeft", "true", "Sql__DeleteLeft is 'true': it should be left out, except for lists with insert in the modes full and changed." },
        { "profiles", "Account", "other", "Account is 'other': it should be a key of Relay__Accounts." },
        { "profiles", "Object", null, "Object is missing: it should be profiles, lists or events." },
        { "profiles", "Object", "orders", "Object is 'orders': it should be profiles, lists or events." },
        { "profiles", "Key", "id", "Key is 'id': it should be left out, because Object is profiles." },
        { "profiles", "Behaviour", "insert", "Behaviour is 'insert': it should be upsert, because Object is profiles." },
        { "profiles", "List", "LIST01", "List is 'LIST01': it should be left out, because Object is profiles." },
        { "profiles", "BadPhone", "ignore", "BadPhone is 'ignore': it should be reject or drop." },
        { "profiles", "Nulls", "", "Nulls is missing: it should be leave or clear." },
        { "profiles", "PhoneRegion", "USA", "PhoneRegion is 'USA': it should be a country by its two letters, such as US." },
        { "profiles", "ProfileProperties", "a=$value", "ProfileProperties is '$value': it should be a name that does not begin with $, as the names that Klaviyo keeps for itself do." },
        { "profiles", "ProfileProperties", "a=x,b=x", "ProfileProperties is 'a=x,b=x': it should be different properties: 'x' is named twice." },
        { "profiles", "ProfileProperties", "=x", "ProfileProperties is '=x': it should be columns with names, such as points,tier=Loyalty tier." },
        { "profiles", "Event__Name", "Placed Order", "Event__Name is 'Placed Order': it should be left out, because Object is profiles." },
        { "lists", "List", null, "List is missing: it should be the id of a list in Klaviyo, letters and digits." },
        { "lists", "List", "VIP list", "List is 'VIP list': it should be the id of a list in Klaviyo, letters and digits." },
        { "lists", "Behaviour", "upsert", "Behaviour is 'upsert': it should be insert or delete, because Object is lists." },
        { "lists", "PhoneRegion", "US", "Fields__PhoneNumber is missing: it should be the column with the phone number, because a region is set." },
        { "events", "Key", null, "Key is missing: it should be the column that tells one event from all others." },
        { "events", "Event__Name", null, "Event__Name is missing: it should be a name of 1 to 127 characters." },
        { "events", "Event__NameColumn", "metric", "Event__NameColumn is 'metric': it should be left out, because Name is set." },
        { "events", "Event__TimeColumn", null, "Event__TimeColumn is missing: it should be the column that holds when it happened." },
        { "events", "Event__CurrencyColumn", "cur", "Event__ValueColumn is missing: it should be the column with the value, because CurrencyColumn is set." },
    };

    [Theory]
    [InlineData("profiles")]
    [InlineData("lists")]
    [InlineData("events")]
    [InlineData("sql")]
    public void Right_sync_starts(string kind) => Errors(Of(kind)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_setting_stops_the_start_with_one_line(string kind, string setting, string? value, string line) =>
        Errors([.. Of(kind), (Leads + setting, value)]).ShouldBe([Leads + line]);

    [Fact]
    public void Identifier_is_needed() =>
        Errors([.. Profiles, (Leads + "Fields__Email", null), (Leads + "Fields__PhoneNumber", null)])
            .ShouldBe([Leads + "Fields__Email is missing: it should be the column with the email, or Fields__PhoneNumber or Fields__ExternalId names one: a profile needs an identifier."]);

    [Fact]
    public void Region_is_either_fixed_or_in_a_column() =>
        Errors([.. Profiles, (Leads + "PhoneRegion", "US"), (Leads + "PhoneRegionColumn", "country")])
            .ShouldBe([Leads + "PhoneRegionColumn is 'country': it should be left out, because PhoneRegion is set."]);

    [Fact]
    public void List_delete_takes_no_properties() =>
        Errors([.. List, (Leads + "Behaviour", "delete"), (Leads + "ProfileProperties", "points")])
            .ShouldBe([Leads + "ProfileProperties is 'points': it should be left out, because a delete writes no profiles."]);

    [Fact]
    public void Field_that_klaviyo_does_not_have_stops_the_start() =>
        Errors([.. Profiles, (Leads + "Fields__Emial", "email")]).ShouldHaveSingleItem().ShouldStartWith($"{Leads}Fields__Emial is not a setting: 'Emial' should be one of Email, ");

    [Fact]
    public void Secret_has_to_be_there() =>
        Errors([.. Profiles, (Leads + "Secret", "leadsToken")])
            .ShouldBe([$"Secrets__leadsToken is missing: it should be what senders of rows show, which {Leads}Secret asks for (or set KeyVault__Uri to read it from Key Vault)."]);

    [Fact]
    public void Name_is_checked() =>
        Errors([.. Profiles.Select(setting => (setting.Name.Replace("__leads__", "__my-leads__", StringComparison.Ordinal), setting.Value))])
            .ShouldBe(["Relay__Syncs__my-leads is 'my-leads': it should be named with 1 to 32 of a-z, 0-9 and _."]);

    private static (string Name, string? Value)[] Of(string kind) => kind switch
    {
        "profiles" => Profiles,
        "lists" => List,
        "sql" => Sql,
        "deleting" => [.. Sql, (Leads + "Behaviour", "delete")],
        _ => Events,
    };

    private static IReadOnlyList<string> Errors(params (string Name, string? Value)[] settings) => SettingsCheck.Errors(TestSettings.With(settings));
}
