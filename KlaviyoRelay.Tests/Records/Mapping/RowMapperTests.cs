using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Tests.Records.Mapping;

public sealed class RowMapperTests
{
    [Fact]
    public void Profile_has_fields_location_and_properties_of_their_types() =>
        JsonOf(SyncBuilder.Profiles(), ("email", Cell.Text(" Ann@Shop.test ")), ("phone", Cell.Text("(415) 555-2671")), ("id", Number("7")), ("first", Number("5")), ("zip", Cell.Text("94105")), ("points", Number("12.50")), ("tier", Cell.Text("gold \"A\"")))
            .ShouldBe("""{"type":"profile","attributes":{"email":"Ann@Shop.test","phone_number":"+14155552671","external_id":"7","first_name":"5","location":{"zip":"94105"},"properties":{"points":12.50,"Loyalty tier":"gold \"A\""}}}""");

    [Fact]
    public void List_in_a_property_stays_one() =>
        JsonOf(SyncBuilder.Profiles(), ("email", Cell.Text("ann@shop.test")), ("points", new Cell(CellKind.Json, "[1,\"a\"]")), ("tier", new Cell(CellKind.Bool, "true")))
            .ShouldBe("""{"type":"profile","attributes":{"email":"ann@shop.test","properties":{"points":[1,"a"],"Loyalty tier":true}}}""");

    [Fact]
    public void Null_leaves_what_is_there() =>
        JsonOf(SyncBuilder.Profiles(), ("email", Cell.Text("ann@shop.test")), ("first", Cell.Null), ("zip", Cell.Null), ("points", Cell.Null))
            .ShouldBe("""{"type":"profile","attributes":{"email":"ann@shop.test"}}""");

    [Fact]
    public void Null_clears_when_the_sync_says_so_and_a_missing_column_does_not() =>
        JsonOf(SyncBuilder.Profiles(options => options.Nulls = "clear"), ("email", Cell.Text("ann@shop.test")), ("first", Cell.Null), ("zip", Cell.Null), ("points", Cell.Null))
            .ShouldBe("""{"type":"profile","attributes":{"email":"ann@shop.test","first_name":null,"location":{"zip":null}},"meta":{"patch_properties":{"unset":["points"]}}}""");

    [Theory]
    [InlineData("ann@shop", "id", null, RowReasons.BadEmail, "email")]
    [InlineData("ann smith@shop.test", "id", null, RowReasons.BadEmail, "email")]
    [InlineData("ann@example.com", "id", null, RowReasons.ReservedDomain, "email")]
    [InlineData("ann@mail.test.com", "id", null, RowReasons.ReservedDomain, "email")]
    [InlineData(null, null, null, RowReasons.NoIdentifier, "email")]
    [InlineData(" ", null, null, RowReasons.NoIdentifier, "email")]
    [InlineData("ann@shop.test", null, "12", RowReasons.BadPhone, "phone")]
    public void Row_is_rejected_with_column_and_reason(string? email, string? id, string? phone, string reason, string column)
    {
        var rejection = Rejection(SyncBuilder.Profiles(), ("email", CellOf(email)), ("id", CellOf(id)), ("phone", CellOf(phone)));

        (rejection.Row, rejection.Reason, rejection.Column).ShouldBe((3, reason, column));
    }

    [Fact]
    public void Email_of_more_than_100_characters_is_rejected() =>
        Rejection(SyncBuilder.Profiles(), ("email", Cell.Text($"{new string('a', 60)}@{new string('b', 40)}.test"))).Reason.ShouldBe(RowReasons.BadEmail);

    [Fact]
    public void Bad_phone_is_left_out_with_a_warning_when_there_is_another_identifier()
    {
        var sync = SyncBuilder.Profiles(options => options.BadPhone = "drop");

        var mapped = Map(sync, ("email", Cell.Text("ann@shop.test")), ("phone", Cell.Text("12"))).ShouldBeOfType<RowResult.Mapped>();

        mapped.Identifiers.ShouldBe(new Identifiers("ann@shop.test", null, null));
        mapped.Warnings.ShouldHaveSingleItem().Column.ShouldBe("phone");
        Rejection(sync, ("phone", Cell.Text("12"))).Reason.ShouldBe(RowReasons.BadPhone);
    }

    [Theory]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("(212) 736-5000", "us", "+12127365000")]
    [InlineData("+4930901820", "US", "+4930901820")]
    [InlineData("+49 30 901820", "", "+4930901820")]
    public void Phone_is_converted_with_the_region_of_a_column(string phone, string region, string expected)
    {
        var sync = SyncBuilder.Profiles(options => (options.PhoneRegion, options.PhoneRegionColumn) = ("", "country"));

        Map(sync, ("phone", Cell.Text(phone)), ("country", CellOf(region))).ShouldBeOfType<RowResult.Mapped>().Identifiers.Phone.ShouldBe(expected);
    }

    [Theory]
    [InlineData("030 901820", null)]
    [InlineData("030 901820", "XX")]
    [InlineData("415 555 2671 000", "US")]
    [InlineData("call me", "US")]
    public void Phone_that_is_none_in_its_region_is_rejected(string phone, string? region)
    {
        var sync = SyncBuilder.Profiles(options => (options.PhoneRegion, options.PhoneRegionColumn) = ("", "country"));

        Rejection(sync, ("phone", Cell.Text(phone)), ("country", CellOf(region))).Reason.ShouldBe(RowReasons.BadPhone);
    }

    [Fact]
    public void Object_can_not_be_a_name()
    {
        var rejection = Rejection(SyncBuilder.Profiles(), ("email", Cell.Text("ann@shop.test")), ("first", new Cell(CellKind.Json, "{}")));

        rejection.ShouldBe(new RowRejection(3, "first", RowReasons.BadValue, "A list or an object can't be the profile's first_name."));
    }

    [Fact]
    public void Profile_of_more_than_100_KB_is_rejected() =>
        Rejection(SyncBuilder.Profiles(), ("email", Cell.Text("ann@shop.test")), ("tier", Cell.Text(new string('x', 100_000)))).Reason.ShouldBe(RowReasons.TooLarge);

    [Fact]
    public void Row_after_a_rejected_one_is_whole()
    {
        var sync = SyncBuilder.Events();
        var mapper = new RowMapper(sync, new TestClock());
        mapper.Map(RowOf(sync, ("email", Cell.Text("ann@shop.test")), ("order", Cell.Text("1")), ("at", Cell.Text("today")))).ShouldBeOfType<RowResult.Rejected>();

        var mapped = mapper.Map(RowOf(sync, ("email", Cell.Text("ann@shop.test")), ("order", Cell.Text("1")), ("at", Cell.Text("2026-01-15")))).ShouldBeOfType<RowResult.Mapped>();

        JsonDocument.Parse(mapped.Json).RootElement.GetProperty("type").GetString().ShouldBe("event-bulk-create");
    }

    [Fact]
    public void Wrong_text_of_a_detail_never_holds_the_value() =>
        Rejection(SyncBuilder.Profiles(), ("email", Cell.Text("secret@"))).Detail.ShouldNotContain("secret");

    internal static Row RowOf(Sync sync, params (string Column, Cell Cell)[] cells) =>
        new(3, [.. sync.Mapping.Columns.Select(column => cells.FirstOrDefault(cell => cell.Column == column).Cell)]);

    internal static string JsonOf(Sync sync, params (string Column, Cell Cell)[] cells) =>
        Encoding.UTF8.GetString(Map(sync, cells).ShouldBeOfType<RowResult.Mapped>().Json.Span);

    internal static RowResult Map(Sync sync, params (string Column, Cell Cell)[] cells) => new RowMapper(sync, new TestClock()).Map(RowOf(sync, cells));

    internal static RowRejection Rejection(Sync sync, params (string Column, Cell Cell)[] cells) => Map(sync, cells).ShouldBeOfType<RowResult.Rejected>().Rejection;

    private static Cell CellOf(string? text) => text is null ? Cell.Null : Cell.Text(text);

    private static Cell Number(string text) => new(CellKind.Number, text);
}
