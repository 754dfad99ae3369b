using Npgsql;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, without TLS, as its own user where the tests run as root.
/// <c>make test</c> installs the programs where it can (scripts/postgres, which finds them by the same rule).
/// </summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
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

    public const string Missing = "There is no PostgreSQL in /usr/lib/postgresql. Install it: make postgres.";

    /// <summary>Whether this machine has the programs.</summary>
    public static bool IsThere => Programs is not null;

    private static string? Programs { get; } = !Directory.Exists("/usr/lib/postgresql")
        ? null
        : Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => Version.TryParse($"{Path.GetFileName(folder)}.0", out var version) ? version : new Version())
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <exception cref="UnmetException">There are no programs, or the server does not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Programs is not { } programs || OperatingSystem.IsWindows())
        {
            throw new UnmetException(Missing);
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
                    await connection.OpenAsync(cancellationToken);
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            Eventually.Patience,
            () => $"PostgreSQL did not answer:\n{_server.Output}",
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    /// <summary>The connection string of a new schema, so that users of one server do not see each other's tables.</summary>
    public async Task<string> MakeSchemaAsync(CancellationToken cancellationToken)
    {
        var schema = $"s{Interlocked.Increment(ref _schemas)}";
        await ExecuteAsync(ConnectionString, $"create schema {schema}", cancellationToken);
        return $"{ConnectionString};Search Path={schema}";
    }

    /// <summary>Runs statements.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a statement that holds this text is running.</summary>
    public static async Task<bool> IsRunningAsync(string connectionString, string text, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select exists (select from pg_stat_activity where state = 'active' and position($1 in query) > 0 and pid <> pg_backend_pid())", connection);
        command.Parameters.AddWithValue(text);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false";
}
