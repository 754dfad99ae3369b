using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>The lines of a result, in the order of the rows.</summary>
public static class ResultLines
{
    private const string Rejected = "rejected";
    private const string Warning = "warning";

    /// <param name="body">A body.</param>
    /// <param name="chunks">Its chunks with what became of them.</param>
    public static IReadOnlyList<ResultLine> Of(BodyState body, IEnumerable<(ChunkMap Map, ChunkState State)> chunks)
    {
        var lines = body.Rejections.Select(rejection => Of(body.Number, rejection, entry: null)).Concat(body.Warnings.Select(warning => Of(body.Number, warning))).ToList();
        foreach (var (map, state) in chunks)
        {
            lines.AddRange(state.Rejections.Concat(state.Jobs.SelectMany(job => job.Errors))
                .DistinctBy(rejection => rejection.Index)
                .Select(rejection => Of(body.Number, rejection.Rejection, map.Entries[rejection.Index])));
            lines.AddRange(state.Warnings.Select(warning => Of(body.Number, warning)));
        }

        return [.. lines.OrderBy(line => line.Row)];
    }

    private static ResultLine Of(int body, RowRejection rejection, ChunkEntry? entry) =>
        new(body, rejection.Row, Rejected, rejection.Column, rejection.Reason, rejection.Detail, entry?.Email, entry?.Phone, entry?.ExternalId);

    private static ResultLine Of(int body, RowWarning warning) => new(body, warning.Row, Warning, warning.Column, Reason: null, warning.Detail, Email: null, Phone: null, ExternalId: null);
}
