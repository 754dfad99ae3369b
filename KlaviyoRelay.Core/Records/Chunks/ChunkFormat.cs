using System.Text;

namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>What stands around the entries of a job, and how many there can be.</summary>
/// <param name="Beginning">Before the first entry.</param>
/// <param name="End">After the last.</param>
/// <param name="MaxEntries">The most entries.</param>
public sealed record ChunkFormat(byte[] Beginning, byte[] End, int MaxEntries)
{
    /// <summary>Klaviyo takes 5 MB (developers.klaviyo.com, Bulk Import Profiles and Bulk Create Events).</summary>
    public const int MaxBytes = 4_500_000;

    private const int MaxProfiles = 10_000;
    private const int MaxEvents = 1000;

    public static ChunkFormat Of(Sync sync) => sync.Object switch
    {
        SyncObject.Events => new ChunkFormat(
            """{"data":{"type":"event-bulk-create-job","attributes":{"events-bulk-create":{"data":["""u8.ToArray(), "]}}}}"u8.ToArray(), MaxEvents),
        SyncObject.ListDelete => new ChunkFormat("["u8.ToArray(), "]"u8.ToArray(), MaxProfiles),
        SyncObject.ListInsert => new ChunkFormat(
            Profiles, [.. "]}},\"relationships\":{\"lists\":{\"data\":[{\"type\":\"list\",\"id\":\""u8, .. Encoding.ASCII.GetBytes(sync.List), .. "\"}]}}}}"u8], MaxProfiles),
        _ => new ChunkFormat(Profiles, "]}}}}"u8.ToArray(), MaxProfiles),
    };

    private static byte[] Profiles => """{"data":{"type":"profile-bulk-import-job","attributes":{"profiles":{"data":["""u8.ToArray();
}
