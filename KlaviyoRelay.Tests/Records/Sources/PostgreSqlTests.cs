using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>A table of a real PostgreSQL, and a sync that reads it by a schedule. Reported as skipped where there is no PostgreSQL.</summary>
public abstract class PostgreSqlTests(PostgreSqlFixture server) : IAsyncLifetime
{
    private protected const string People = "select email, points from people";

    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgreSqlServer.IsThere, PostgreSqlServer.Missing);
        _database = await server.Server.MakeSchemaAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("create table people (id serial, email text, points int, updated timestamptz default '2026-01-15T12:00:00Z')");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected SqlWorld World(params (string Name, string Value)[] settings) => World(limits: null, settings);

    private protected SqlWorld World(SourceLimits? limits, params (string Name, string Value)[] settings) => new(_database, limits, settings);

    private protected Task ExecuteAsync(string sql) => PostgreSqlServer.ExecuteAsync(_database, sql, TestContext.Current.CancellationToken);
}

/// <summary>The server that all these tests share; none where there is no PostgreSQL.</summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    internal PostgreSqlServer Server { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlServer.IsThere)
        {
            await Server.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

[CollectionDefinition]
public sealed class PostgreSqlCollection : ICollectionFixture<PostgreSqlFixture>;
