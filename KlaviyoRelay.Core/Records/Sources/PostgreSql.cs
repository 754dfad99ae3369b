using System.Data.Common;
using System.Net;
using Npgsql;
using NpgsqlTypes;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>What is special to PostgreSQL: its data source, and parameters without a type. All else is ADO.NET, and so the same for any other database.</summary>
public static class PostgreSql
{
    /// <param name="connectionString">Npgsql's: <c>Host=...;Database=...;Username=...;Password=...</c>.</param>
    /// <param name="secret">The name of the secret that holds it.</param>
    /// <exception cref="SourceException">The text is no connection string, or asks for a connection without TLS to another machine.</exception>
    public static DbDataSource Open(string connectionString, string secret) => NpgsqlDataSource.Create(Secure(connectionString, secret));

    /// <summary>
    /// The connection string with TLS and a certificate that is checked, unless it says otherwise. Without TLS it is taken for
    /// loopback only.
    /// </summary>
    /// <exception cref="SourceException">As <see cref="Open"/>.</exception>
    public static string Secure(string connectionString, string secret)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // Not the reason: it can show the password.
            throw new SourceException($"The secret '{secret}' holds no connection string of Npgsql, such as Host=...;Database=...;Username=...;Password=....");
        }

        // One pass reads one result: a pool would keep connections open for nothing, and with an old password.
        builder.Pooling = false;
        if ((builder.Host ?? "").Split(',').All(IsLoopback))
        {
            return builder.ConnectionString;
        }

        if (!builder.ShouldSerialize("SSL Mode"))
        {
            builder.SslMode = SslMode.VerifyFull;
        }

        return builder.SslMode is SslMode.Require or SslMode.VerifyCA or SslMode.VerifyFull
            ? builder.ConnectionString
            : throw new SourceException($"The connection string in the secret '{secret}' allows a connection without TLS: leave SSL Mode out, or set it to VerifyFull, VerifyCA or Require.");
    }

    /// <summary>Gives a text no type: the database gives it that of the column that it is compared with, and so uses the column's index.</summary>
    public static void LeaveTypeToDatabase(DbParameter parameter)
    {
        if (parameter is NpgsqlParameter npgsql)
        {
            npgsql.NpgsqlDbType = NpgsqlDbType.Unknown;
        }
    }

    // A folder is that of a socket of this machine.
    private static bool IsLoopback(string host) =>
        host.StartsWith('/') || host == "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)
        || host.LastIndexOf(':') is > 0 and var port && !host.Contains("::", StringComparison.Ordinal) && IsLoopback(host[..port]);
}
