using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Functions.Storage;

/// <summary>Keeps the record of conversations in a table of the storage account, which it creates when it is not there.</summary>
/// <param name="service">The account's tables.</param>
public sealed class TableConversationStore(TableServiceClient service) : IConversationStore
{
    /// <summary>The table's name.</summary>
    public const string Table = "conversations";

    private const int MaxRowsPerTransaction = 100;

    private readonly TableClient _table = service.GetTableClient(Table);

    public async Task<IReadOnlyList<ConversationRow>> ReadAsync(string partition, CancellationToken cancellationToken) =>
        await SendAsync(async () => (IReadOnlyList<ConversationRow>)[.. (await EntitiesAsync(PartitionIs(partition), select: null, cancellationToken)).Select(Row)], cancellationToken);

    public async Task<bool> TryWriteAsync(string partition, IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken)
    {
        var actions = rows.Select(row => row.Version is { } version
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, Entity(partition, row), new ETag(version))
            : new TableTransactionAction(TableTransactionActionType.Add, Entity(partition, row)));
        return await SendAsync(async () => await TrySubmitAsync(actions, cancellationToken), cancellationToken);
    }

    public Task<int> DeleteAsync(string partition, CancellationToken cancellationToken) =>
        SendAsync(() => DeleteAllAsync(PartitionIs(partition), _ => ETag.All, cancellationToken), cancellationToken);

    public Task<int> ExpireAsync(DateTimeOffset closedBefore, DateTimeOffset openBefore, CancellationToken cancellationToken) => SendAsync(
        () => DeleteAllAsync(
            TableClient.CreateQueryFilter($"RowKey ne 'began' and ((IsOpen eq false and ChangedAt lt {closedBefore}) or (IsOpen eq true and ChangedAt lt {openBefore}))"),
            // Of the version that was found: a row that changed meanwhile stays, and the next run looks at it again.
            entity => entity.ETag,
            cancellationToken),
        cancellationToken);

    private static string PartitionIs(string partition) => TableClient.CreateQueryFilter($"PartitionKey eq {partition}");

    private async Task<List<TableEntity>> EntitiesAsync(string filter, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        var entities = new List<TableEntity>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, select: select, cancellationToken: cancellationToken))
        {
            entities.Add(entity);
        }

        return entities;
    }

    /// <summary>False when a row is not the one that was read.</summary>
    private async Task<bool> TrySubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (
            exception.Status is 409 or 412 || (exception.Status == 404 && exception.ErrorCode == TableErrorCode.ResourceNotFound))
        {
            return false;
        }
    }

    private async Task<int> DeleteAllAsync(string filter, Func<TableEntity, ETag> version, CancellationToken cancellationToken)
    {
        var count = 0;
        var keys = await EntitiesAsync(filter, [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken);
        foreach (var partition in keys.GroupBy(entity => entity.PartitionKey))
        {
            foreach (var some in partition.Chunk(MaxRowsPerTransaction))
            {
                var actions = some.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, version(entity)));
                count += await TrySubmitAsync(actions, cancellationToken) ? some.Length : 0;
            }
        }

        return count;
    }

    /// <summary>Sends, once more after creating a table that is not there.</summary>
    private async Task<T> SendAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await send();
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.TableNotFound)
            {
                await _table.CreateIfNotExistsAsync(cancellationToken);
                return await send();
            }
        }
        catch (RequestFailedException exception) when (exception.Status is 401 or 403 or 404)
        {
            throw new ConversationStoreException(
                isProvisioned: false,
                $"Table storage at {service.Uri} answered {exception.Status} ({exception.ErrorCode}): give the app's identity the role Storage Table Data Contributor there, and check AzureWebJobsStorage__tableServiceUri.",
                exception);
        }
        catch (Exception exception) when (AzureOutage.Is(exception))
        {
            // A cancelled retry comes as an AggregateException of every try's failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw new ConversationStoreException(
                isProvisioned: true,
                $"Table storage at {service.Uri} does not answer ({exception.GetType().Name}): check the AzureWebJobsStorage settings and the network; locally, is Azurite running, with its tables?",
                exception);
        }
    }

    private static TableEntity Entity(string partition, ConversationRow row) => new(partition, row.Key)
    {
        [nameof(row.IsOpen)] = row.IsOpen,
        [nameof(row.Account)] = row.Account,
        [nameof(row.ChangedAt)] = row.ChangedAt,
        [nameof(row.EventIds)] = row.EventIds,
        [nameof(row.Rev)] = row.Rev,
    };

    private static ConversationRow Row(TableEntity entity) => new()
    {
        Key = entity.RowKey,
        IsOpen = entity.GetBoolean(nameof(ConversationRow.IsOpen)) ?? false,
        Account = entity.GetString(nameof(ConversationRow.Account)) ?? "",
        ChangedAt = entity.GetDateTimeOffset(nameof(ConversationRow.ChangedAt)) ?? DateTimeOffset.MinValue,
        EventIds = entity.GetString(nameof(ConversationRow.EventIds)) ?? "",
        Rev = entity.GetInt64(nameof(ConversationRow.Rev)),
        Version = entity.ETag.ToString(),
    };
}
