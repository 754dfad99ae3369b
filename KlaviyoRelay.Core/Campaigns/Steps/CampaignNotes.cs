using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace KlaviyoRelay.Core.Campaigns.Steps;

/// <summary>The notes of a campaign, or other small states, with the version that a write must name.</summary>
public sealed record Noted<T>(string Name, T Value, string? Version);

/// <summary>Reads and writes what is noted.</summary>
public sealed class CampaignNotes(ICampaignStore store)
{
    // A try that fails is another's success, and of one campaign there are few.
    private const int MaxTries = 16;

    /// <summary>The name of the notes of a campaign that is to be made.</summary>
    /// <param name="mark">Its mark.</param>
    public static string Made(string account, string mark) => $"{Of(account)}made/{mark}.json";

    /// <summary>The name of the notes of a campaign's sending.</summary>
    public static string Sent(string account, string campaign) => $"{Of(account)}sent/{campaign}.json";

    /// <summary>What stands before every name of an account.</summary>
    public static string Of(string account) => $"campaigns/{account}/";

    public async Task<Noted<T>> ReadAsync<T>(string name, T otherwise, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await store.ReadAsync(name, cancellationToken) is { } stored
            ? new Noted<T>(name, JsonSerializer.Deserialize(stored.Content.Span, type) ?? otherwise, stored.Version)
            : new Noted<T>(name, otherwise, null);

    /// <summary>False when another was faster.</summary>
    public Task<bool> TryWriteAsync<T>(Noted<T> read, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => store.TryWriteAsync(read.Name, JsonSerializer.SerializeToUtf8Bytes(value, type), read.Version, cancellationToken);

    /// <summary>Changes a note, again when another was faster.</summary>
    public async Task ChangeAsync<T>(string name, T otherwise, JsonTypeInfo<T> type, Func<T, T> change, CancellationToken cancellationToken)
        where T : class
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var read = await ReadAsync(name, otherwise, type, cancellationToken);
            if (await TryWriteAsync(read, change(read.Value), type, cancellationToken))
            {
                return;
            }
        }

        throw new CampaignStoreException("A note of a campaign was changed by other instances at the same time, again and again.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CampaignEntry))]
internal sealed partial class StepJsonContext : JsonSerializerContext;
