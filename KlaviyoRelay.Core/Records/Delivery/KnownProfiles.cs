using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>Finds Klaviyo's profiles of entries, each by the first of its identifiers.</summary>
public sealed class KnownProfiles(ProfileIdClient profiles)
{
    /// <summary>The ids of the profiles that there are, by entry.</summary>
    /// <param name="account">Whose key and limits to use.</param>
    /// <param name="map">The entries.</param>
    /// <param name="indexes">Those to find.</param>
    /// <param name="list">Only members of this list, as far as Klaviyo can be asked so; null for every profile.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<Result<IReadOnlyDictionary<int, string>>> FindAsync(
        KlaviyoAccount account, ChunkMap map, IReadOnlyList<int> indexes, string? list, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        var found = new Dictionary<int, string>();
        foreach (var kind in indexes.GroupBy(index => map.Entries[index].Identifiers().Compared().First().Kind))
        {
            var values = kind.ToDictionary(index => index, index => map.Entries[index].Identifiers().Compared().First().Value);
            var ids = await (kind.Key switch
            {
                "email" => profiles.FindByEmailAsync(account, values.Values, list, budget, cancellationToken),
                "phone_number" => profiles.FindByPhoneAsync(account, values.Values, list, budget, cancellationToken),
                _ => profiles.FindByExternalIdAsync(account, values.Values, budget, cancellationToken),
            });
            if (!ids.IsSuccess)
            {
                return Result.Failed<IReadOnlyDictionary<int, string>>(ids.Failure);
            }

            foreach (var (index, value) in values)
            {
                if (ids.Value?.TryGetValue(value, out var id) == true)
                {
                    found[index] = id;
                }
            }
        }

        return Result.Of<IReadOnlyDictionary<int, string>>(found);
    }
}
