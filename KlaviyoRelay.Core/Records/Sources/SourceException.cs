using System.Data.Common;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>A source can't be read: it is read again in the next minute.</summary>
/// <param name="message">Why, and what to look at. It shows no value of a row.</param>
/// <param name="inner">What the database's client said.</param>
public sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner)
{
    // Classes of SQLSTATE whose texts are of connections, rights, names and syntax. Others can show a value of a row.
    private static readonly string[] Shown = ["08", "25", "28", "3D", "42", "53", "57"];

    /// <summary>Whether the database refused the name or the password.</summary>
    public bool IsOfCredentials => InnerException is DbException { SqlState: ['2', '8', ..] };

    /// <summary>What the database said, without a value of a row.</summary>
    public static SourceException Of(DbException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.SqlState is not { } state ? new($"The database does not answer, or has cut the connection ({(exception.InnerException ?? exception).GetType().Name}): check its address, the network, its firewall, and Sql__CommandTimeout if the query is slow.", exception)
            : new(Array.Exists(Shown, kind => state.StartsWith(kind, StringComparison.Ordinal)) ? exception.Message : $"The database answered with SQLSTATE {state}.", exception);
    }
}
