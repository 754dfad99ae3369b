using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>What became of a profile that was sent alone. Without a rejection and a failure, it was written.</summary>
/// <param name="Rejection">Why Klaviyo refused it; null when it did not.</param>
/// <param name="Failure">Why it was not taken, for a reason that is not in it; null when it was.</param>
/// <param name="Warnings">What was left out.</param>
public sealed record SingleOutcome(RowRejection? Rejection, DeliveryFailure? Failure, IReadOnlyList<RowWarning> Warnings);

/// <summary>Sends one profile: without what Klaviyo refuses of it, and by the first identifier alone if the identifiers are of two profiles.</summary>
public sealed class SingleProfile(ProfileImportClient profiles)
{
    private const string Data = "/data/";
    private const string Attributes = "attributes/";

    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="sync">The sync.</param>
    /// <param name="map">The entries.</param>
    /// <param name="json">Their JSON.</param>
    /// <param name="index">The entry to send.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="tried">Gets each try; null when no caller needs it.</param>
    public async Task<SingleOutcome> SendAsync(
        KlaviyoAccount account, Sync sync, ChunkMap map, ReadOnlyMemory<byte> json, int index, BatchBudget budget, CancellationToken cancellationToken, Action<HttpTry>? tried = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        var judge = new RefusedEntry(sync, map);
        var warnings = new List<RowWarning>();
        for (var entry = new PlannedEntry(index, []); ;)
        {
            var written = map.Entries[index];
            switch (await WriteAsync(account, json, written, entry, budget, tried, cancellationToken))
            {
                case ProfileOutcome.Written { OtherProfile: var other }:
                    if (other is not null)
                    {
                        warnings.Add(new RowWarning(written.Row, Column: null, $"Its identifiers belong to two profiles in Klaviyo; the other is {other}. Only the first identifier was sent."));
                    }

                    return new SingleOutcome(Rejection: null, Failure: null, warnings);
                case ProfileOutcome.Refused refused when judge.Without(entry, [.. refused.Errors.Select(Named)], warnings, out var rejection) is var stripped:
                    if (stripped is null)
                    {
                        return new SingleOutcome(rejection, Failure: null, []);
                    }

                    entry = stripped;
                    break;
                case ProfileOutcome.Failed failed:
                    return new SingleOutcome(Rejection: null, failed.Failure, []);
            }
        }
    }

    private Task<ProfileOutcome> WriteAsync(
        KlaviyoAccount account, ReadOnlyMemory<byte> json, ChunkEntry written, PlannedEntry entry, BatchBudget budget, Action<HttpTry>? tried, CancellationToken cancellationToken)
    {
        var left = written.Identifiers().Compared().Select(identifier => $"{Attributes}{identifier.Kind}").Except(entry.Dropped).ToList();
        ReadOnlyMemory<byte>? trusted = left.Count > 1 ? ChunkBody.Single(json, written, [.. entry.Dropped, .. left.Skip(1)]) : null;
        return profiles.WriteAsync(account, ChunkBody.Single(json, written, entry.Dropped), trusted, budget, cancellationToken, tried);
    }

    private static (KlaviyoRefusal Error, string Path, string? Field) Named(KlaviyoRefusal error)
    {
        var path = error.Pointer?.StartsWith(Data, StringComparison.Ordinal) == true ? error.Pointer[Data.Length..] : "";
        return (error, path, path.StartsWith(Attributes, StringComparison.Ordinal) ? path[Attributes.Length..] : null);
    }
}
