using System.Data.Common;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>Runs the query of a sync in a transaction that can only read, and stages its rows.</summary>
public sealed class SourceReader(SourceStore source, SourceStaging staging, ISecretStore secrets, SourceLimits limits, TimeProvider clock)
{
    /// <summary>Reads on in the run in hand.</summary>
    /// <returns>The state: the result is read to its end, or the next minute goes on.</returns>
    /// <exception cref="SourceException">The database can't be read. What is queued stays so, and nothing is deleted.</exception>
    /// <exception cref="SecretUnavailableException">The connection string can't be read.</exception>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    /// <exception cref="QueueUnavailableException">The queue did not accept the rows.</exception>
    public async Task<SourceState> ReadAsync(Sync sync, SqlQuery query, SourceState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(state);
        var connectionString = await secrets.GetAsync(query.ConnectionStringSecret, cancellationToken);
        var pass = new SourcePass(sync, query, limits, source, staging, clock);
        await pass.BeginAsync(state, cancellationToken);
        try
        {
            await using var database = PostgreSql.Open(connectionString, query.ConnectionStringSecret);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var readOnly = CommandOf(connection, transaction, "set transaction read only", query);
            await readOnly.ExecuteNonQueryAsync(cancellationToken);
            var (text, from) = query.Statement(state.Mark, state.Run?.After);
            await using var command = CommandOf(connection, transaction, text, query);
            AddFrom(command, from);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new DbRows(reader, sync.Mapping.Columns, query.OrderColumn);
            return query.Mode == SourceMode.Since && rows.IsOrderText
                ? throw new SourceException($"The column {query.OrderColumn} holds texts. SinceColumn should name one of numbers or times.")
                : await pass.ReadAsync(rows, cancellationToken);
        }
        catch (DbException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var problem = SourceException.Of(exception);
            if (problem.IsOfCredentials)
            {
                // The next minute has the newest version of the secret.
                await secrets.RefreshAsync(query.ConnectionStringSecret, connectionString, cancellationToken);
            }

            throw problem;
        }
    }

    private static DbCommand CommandOf(DbConnection connection, DbTransaction transaction, string text, SqlQuery query)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.CommandTimeout = (int)Math.Ceiling(query.CommandTimeout.TotalSeconds);
        return command;
    }

    private static void AddFrom(DbCommand command, string? from)
    {
        if (from is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (SqlQuery.From, from);
            PostgreSql.LeaveTypeToDatabase(parameter);
            command.Parameters.Add(parameter);
        }
    }
}
