namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>Where an entry of a chunk is, and whose.</summary>
/// <param name="Row">The row's number in its body.</param>
/// <param name="Offset">Where the entry begins in the chunk's JSON.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Email">The email.</param>
/// <param name="Phone">The phone number.</param>
/// <param name="ExternalId">The id in the source.</param>
public sealed record ChunkEntry(int Row, int Offset, int Length, string? Email, string? Phone, string? ExternalId)
{
    public Identifiers Identifiers() => new(Email, Phone, ExternalId);
}

/// <summary>The entries of a chunk in their order: Klaviyo's errors name an entry by its index or by its identifiers.</summary>
/// <param name="Body">The number of the body that the rows are of.</param>
/// <param name="Entries">The entries.</param>
public sealed record ChunkMap(int Body, IReadOnlyList<ChunkEntry> Entries);

/// <summary>A chunk that was written.</summary>
/// <param name="Number">Its number in the run.</param>
/// <param name="Count">How many entries it has.</param>
/// <param name="Bytes">How long its JSON is.</param>
/// <param name="Superseded">The indexes of entries that later rows supersede. They are not sent.</param>
public sealed record ChunkInfo(int Number, int Count, int Bytes, IReadOnlyList<int> Superseded);
