using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Sources;

namespace KlaviyoRelay.Tests.Records.Sources;

public sealed class SqlQueryTests
{
    private const string Rows = "select * from (\nselect * from people\n) as query_rows";

    [Theory]
    [InlineData("full", "", null, null, Rows, null)]
    [InlineData("changed", "the \"id\"", null, null, Rows + " order by \"the \"\"id\"\"\"", null)]
    [InlineData("full", "id", null, "7", Rows + " where \"id\" > @from order by \"id\"", "7")]
    [InlineData("since", "id", null, null, Rows + " where \"id\" is not null order by \"id\"", null)]
    [InlineData("since", "id", "1500", null, Rows + " where \"id\" >= @from order by \"id\"", "500")]
    [InlineData("since", "id", "1500", "2000", Rows + " where \"id\" > @from order by \"id\"", "2000")]
    public void Query_is_a_part_of_the_statement(string mode, string column, string? mark, string? after, string text, string? from)
    {
        var options = new SqlOptions { Query = " select * from people ; ", Schedule = "0 3 * * *", Mode = mode };
        (options.SinceColumn, options.OrderColumn) = mode == "since" ? (column, "") : ("", column);

        new SqlQuery(options).Statement(SinceMark.Of(mark), after).ShouldBe((text, from));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Username=relay", "SSL Mode", false)]
    [InlineData("Host=localhost:5433,[::1];Username=relay", "SSL Mode", false)]
    [InlineData("Host=/var/run/postgresql;Username=relay", "SSL Mode", false)]
    [InlineData("Host=db.example.com;Username=relay", "SSL Mode=VerifyFull", true)]
    [InlineData("Host=127.0.0.1,db.example.com;Username=relay", "SSL Mode=VerifyFull", true)]
    [InlineData("Host=db.example.com;Username=relay;SSL Mode=Require", "SSL Mode=Require", true)]
    public void Connection_to_another_machine_has_tls(string connectionString, string mode, bool isThere) =>
        PostgreSql.Secure(connectionString, "warehouse").Contains(mode, StringComparison.Ordinal).ShouldBe(isThere);

    [Theory]
    [InlineData("Host=db.example.com;Password=p4ss;SSL Mode=Disable", "allows a connection without TLS")]
    [InlineData("Host=db.example.com;Password=p4ss;SSL Mode=Prefer", "allows a connection without TLS")]
    [InlineData("postgres://relay:p4ss@db.example.com/shop", "holds no connection string")]
    [InlineData("Host=db.example.com;Password=p4ss;Port=p4ss", "holds no connection string")]
    public void Wrong_connection_string_is_refused_without_showing_it(string connectionString, string reason)
    {
        var message = Should.Throw<SourceException>(() => PostgreSql.Secure(connectionString, "warehouse")).Message;

        message.ShouldContain(reason);
        message.ShouldContain("'warehouse'");
        message.ShouldNotContain("p4ss");
    }
}
