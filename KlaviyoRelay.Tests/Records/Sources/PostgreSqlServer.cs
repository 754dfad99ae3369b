using KlaviyoRelay.Faults.Processes;
using Npgsql;

namespace KlaviyoRelay.Tests.Records.Sources;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, without TLS, as its own user where the tests run as root.
/// <c>make test</c> installs the programs where it can (scripts/postgres, which finds them by the same rule).
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string Script = """
        set -e
        "$1"/initdb -D "$2/data" -A trust -U postgres --no-sync --no-locale -E UTF8 > /dev/null
        exec "$1"/postgres -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=16MB -c max_connections=20
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relay-postgres-");
    private readonly int _port = Repository.FreePort();
    private ChildProcess? _server;
    private int _schemas;

    /// <summary>Whether this machine has the programs.</summary>
    public static bool IsThere => Programs is not null;

    private static string? Programs { get; } = !Directory.Exists("/usr/lib/postgresql")
        ? null
        : Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => Version.TryParse($"{Path.GetFileName(folder)}.0", out var version) ? version : new Version())
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    public async ValueTask InitializeAsync()
    {
        if (Programs is not { } programs || OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_111_111);
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        _server = ChildProcess.Start(_folder.FullName, new Dictionary<string, string>(), [.. user, "sh", "-c", Script, "sh", programs, _folder.FullName, $"{_port}"]);
        await Eventually.HoldsAsync(
            async () =>
            {
                UnmetException.ThrowUnless(!_server.HasExited, () => $"PostgreSQL ended at its start:\n{_server.Output}");
                try
                {
                    await using var connection = new NpgsqlConnection(ConnectionString);
                    await connection.OpenAsync();
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            Eventually.Patience,
            () => $"PostgreSQL did not answer:\n{_server.Output}",
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    /// <summary>The connection string of a new schema, so that tests do not see each other's tables.</summary>
    public async Task<string> MakeSchemaAsync()
    {
        var schema = $"s{Interlocked.Increment(ref _schemas)}";
        await ExecuteAsync(ConnectionString, $"create schema {schema}");
        return $"{ConnectionString};Search Path={schema}";
    }

    /// <summary>Runs statements.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false";
}
