using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Lists;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>What sending chunks takes, if Klaviyo refuses nothing.</summary>
/// <param name="Jobs">How many jobs.</param>
/// <param name="Requests">How many requests, with those that are jobs.</param>
/// <param name="Bytes">How long the jobs are together.</param>
/// <param name="Minutes">How long the account's limits make it at least.</param>
public sealed record Forecast(int Jobs, int Requests, long Bytes, int Minutes)
{
    /// <param name="sync">The sync.</param>
    /// <param name="account">The account, with its part of the limits.</param>
    /// <param name="chunks">The chunks.</param>
    public static Forecast Of(Sync sync, KlaviyoAccount account, IReadOnlyList<ChunkInfo> chunks)
    {
        var requests = chunks.SelectMany(chunk => RequestsOf(sync, chunk.Count - chunk.Superseded.Count))
            .GroupBy(request => request.Endpoint, request => request.Count)
            .ToDictionary(group => group.Key, group => group.Sum());
        var jobs = requests.Where(request => request.Key is KlaviyoEndpoint.CreateImport or KlaviyoEndpoint.CreateEvents).Sum(request => request.Value);
        return new Forecast(
            jobs,
            requests.Values.Sum(),
            jobs == 0 ? 0 : chunks.Sum(chunk => (long)chunk.Bytes),
            requests.Select(request => PerPart(request.Value, account.PerMinute(request.Key, Lane.Records))).DefaultIfEmpty().Max());
    }

    private static (KlaviyoEndpoint Endpoint, int Count)[] RequestsOf(Sync sync, int entries)
    {
        if (entries == 0)
        {
            return [];
        }

        (KlaviyoEndpoint, int)[] sent = sync.Object switch
        {
            SyncObject.ListDelete => [(KlaviyoEndpoint.FindMembers, PerPart(entries, IdentifierFilter.MaxValues)), (KlaviyoEndpoint.RemoveMembers, PerPart(entries, ListClient.MaxMembers))],
            SyncObject.Profiles when entries < ProfileSender.Few => [(KlaviyoEndpoint.ImportProfile, entries)],
            SyncObject.Events => [(KlaviyoEndpoint.CreateEvents, 1)],
            _ => [(KlaviyoEndpoint.CreateImport, 1)],
        };
        return sync is { CreatesProfiles: false, Object: not SyncObject.ListDelete } ? [.. sent, (KlaviyoEndpoint.FindProfiles, PerPart(entries, IdentifierFilter.MaxValues))] : sent;
    }

    private static int PerPart(int count, int part) => (count + part - 1) / part;
}
