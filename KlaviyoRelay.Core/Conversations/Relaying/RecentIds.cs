namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// Remembers the latest ids in a fixed quarter of a megabyte, by 44 bits of their hashes, which are evenly spread: 12
/// choose a bucket of 16 places that lie together, one look into memory, where the other 32 take the oldest one's
/// place. Of the last 20,000 ids hardly one has been pushed out, of the last 40,000 one in thirty. Not thread-safe.
/// </summary>
internal sealed class RecentIds
{
    private const int Buckets = 4096;
    private const int BucketSize = 16;

    private readonly uint[] _ids = new uint[Buckets * BucketSize];
    private readonly byte[] _oldest = new byte[Buckets];

    /// <summary>Remembers an id; false when it is remembered already.</summary>
    /// <param name="hash">The beginning of its hash.</param>
    public bool Add(ulong hash)
    {
        var number = (int)(hash % Buckets);
        var id = (uint)(hash >> 32);
        var bucket = _ids.AsSpan(number * BucketSize, BucketSize);
        if (bucket.Contains(id))
        {
            return false;
        }

        bucket[_oldest[number]++ % BucketSize] = id;
        return true;
    }
}
