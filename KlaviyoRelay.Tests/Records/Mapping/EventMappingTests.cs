using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Tests.Records.Mapping;

public sealed class EventMappingTests
{
    private static readonly string Today = TestClock.Start.AddHours(-2).ToString("O");

    [Fact]
    public void Event_has_value_properties_metric_and_id()
    {
        var mapped = Map(SyncBuilder.Events(), ("total", new Cell(CellKind.Number, "9.90")), ("currency", Cell.Text("eur")), ("sku", Cell.Text("A-1"))).ShouldBeOfType<RowResult.Mapped>();

        var entry = JsonDocument.Parse(mapped.Json).RootElement.GetProperty("attributes");
        entry.GetProperty("profile").GetRawText().ShouldBe("""{"data":{"type":"profile","attributes":{"email":"ann@shop.test"}}}""");
        var attributes = entry.GetProperty("events").GetProperty("data")[0].GetProperty("attributes");
        attributes.GetProperty("unique_id").GetString().ShouldBe(mapped.EventId);
        attributes.GetProperty("properties").GetRawText().ShouldBe("""{"SKU":"A-1"}""");
        attributes.GetProperty("value").GetRawText().ShouldBe("9.90");
        attributes.GetProperty("value_currency").GetString().ShouldBe("EUR");
        attributes.GetProperty("time").GetDateTimeOffset().ShouldBe(TestClock.Start.AddHours(-2));
        attributes.GetProperty("metric").GetRawText().ShouldBe("""{"data":{"type":"metric","attributes":{"name":"Placed Order"}}}""");
        attributes.TryGetProperty("backfill", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-25, true, true)]
    [InlineData(-25, false, false)]
    [InlineData(-23, true, false)]
    public void Event_older_than_a_day_starts_no_flow(int hours, bool backfill, bool expected)
    {
        var sync = SyncBuilder.Events(options => options.Event.Backfill = backfill);

        var mapped = Map(sync, ("at", Cell.Text(TestClock.Start.AddHours(hours).ToString("O")))).ShouldBeOfType<RowResult.Mapped>();

        System.Text.Encoding.UTF8.GetString(mapped.Json.Span).Contains("\"backfill\":true", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public void Id_is_of_sync_key_name_and_time()
    {
        var byColumn = SyncBuilder.Events(options => (options.Event.Name, options.Event.NameColumn) = ("", "metric"));
        var one = IdOf(("metric", Cell.Text("A")));

        one.ShouldBe(IdOf(("metric", Cell.Text("A")), ("sku", Cell.Text("other"))));
        one.ShouldBe(IdOf(("metric", Cell.Text("A")), ("at", Cell.Text(TestClock.Start.AddHours(-2).ToOffset(TimeSpan.FromHours(3)).ToString("O")))));
        one.ShouldNotBe(IdOf(("metric", Cell.Text("B"))));
        one.ShouldNotBe(IdOf(("metric", Cell.Text("A")), ("order", Cell.Text("8"))));
        one.ShouldNotBe(IdOf(("metric", Cell.Text("A")), ("at", Cell.Text("2026-01-15"))));

        string? IdOf(params (string Column, Cell Cell)[] cells) => Map(byColumn, cells).ShouldBeOfType<RowResult.Mapped>().EventId;
    }

    [Theory]
    [InlineData("2026-01-15T10:00:00Z", "2026-01-15T10:00:00Z")]
    [InlineData("2026-01-15T10:00:00+02:00", "2026-01-15T08:00:00Z")]
    [InlineData("2026-01-15 10:00:00", "2026-01-15T10:00:00Z")]
    [InlineData("2026-01-15", "2026-01-15T00:00:00Z")]
    [InlineData("1768471200", "2026-01-15T10:00:00Z")]
    [InlineData("01/15/2026", null)]
    [InlineData("1999-12-31", null)]
    [InlineData("2027-02-01", null)]
    [InlineData("2026-13-01", null)]
    [InlineData("99999999999999999999999", null)]
    [InlineData("", null)]
    public void Time_is_iso_or_seconds_and_within_what_klaviyo_records(string text, string? expected) =>
        RowTime.Parse(Cell.Text(text), TestClock.Start).ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("order", null, RowReasons.NoKey)]
    [InlineData("at", "soon", RowReasons.BadTime)]
    [InlineData("total", "ten", RowReasons.BadValue)]
    [InlineData("email", null, RowReasons.NoIdentifier)]
    public void Row_is_rejected(string column, string? value, string reason)
    {
        var rejection = Map(SyncBuilder.Events(), (column, value is null ? Cell.Null : Cell.Text(value))).ShouldBeOfType<RowResult.Rejected>().Rejection;

        (rejection.Column, rejection.Reason).ShouldBe((column, reason));
    }

    [Theory]
    [InlineData("$opened")]
    [InlineData("")]
    [InlineData(" x")]
    public void Metric_of_a_column_that_klaviyo_keeps_for_itself_is_rejected(string name)
    {
        var sync = SyncBuilder.Events(options => (options.Event.Name, options.Event.NameColumn) = ("", "metric"));

        Map(sync, ("metric", Cell.Text(name))).ShouldBeOfType<RowResult.Rejected>().Rejection.Reason.ShouldBe(RowReasons.BadMetric);
    }

    private static RowResult Map(Sync sync, params (string Column, Cell Cell)[] cells) => RowMapperTests.Map(
        sync,
        [.. cells, .. new[] { ("email", Cell.Text("ann@shop.test")), ("order", Cell.Text("7")), ("at", Cell.Text(Today)) }.Where(one => !cells.Any(cell => cell.Column == one.Item1))]);
}
