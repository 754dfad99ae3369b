namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// Remembers the latest ids in a fixed half megabyte, by the beginnings of their hashes, which are evenly spread: each
/// belongs to a bucket of 8 that lie together, where it takes the oldest one's place. One of the last 20,000 ids has
/// been pushed out in less than 1 of 200 cases. Not thread-safe.
/// </summary>
internal sealed class RecentIds
{
    private const int Buckets = 8192;
    private const int BucketSize = 8;

    private readonly ulong[] _ids = new ulong[Buckets * BucketSize];
    private readonly byte[] _oldest = new byte[Buckets];

    /// <summary>Remembers an id; false when it is remembered already.</summary>
    public bool Add(ulong id)
    {
        var number = (int)(id % Buckets);
        var bucket = _ids.AsSpan(number * BucketSize, BucketSize);
        if (bucket.Contains(id))
        {
            return false;
        }

        bucket[_oldest[number]++ % BucketSize] = id;
        return true;
    }
}
