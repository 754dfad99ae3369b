using System.Text.Json;
using KlaviyoRelay.Core.Audit.Leaks;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>A search for leaks that is under way, and the time that it was asked for.</summary>
internal sealed record StoredLeakState(string Since, LeakState State);

/// <summary>Keeps a search for leaks, so that one that was broken off goes on. It holds ids and counts only.</summary>
internal sealed class LeakStateFile(string path)
{
    // An older one tells of too little of what has happened since.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public string Path => path;

    /// <summary>The search to go on with; null when there is none of this account and time.</summary>
    public LeakState? Find(string account, string since, DateTimeOffset now)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Default.StoredLeakState) is { } stored
                && stored.State.Account == account && stored.Since == since && now - stored.State.Until < Longest ? stored.State : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public async Task WriteAsync(string since, LeakState state)
    {
        // A break while it is written leaves the one before.
        var next = $"{path}.new";
        await File.WriteAllBytesAsync(next, JsonSerializer.SerializeToUtf8Bytes(new StoredLeakState(since, state), CliJson.Default.StoredLeakState), CancellationToken.None);
        File.Move(next, path, overwrite: true);
    }

    public void Delete() => File.Delete(path);
}
