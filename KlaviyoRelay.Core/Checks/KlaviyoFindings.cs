using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>What a check found out about an account's key.</summary>
public sealed record KlaviyoFindings
{
    public required Finding Key { get; init; }

    public required Finding AccountsRead { get; init; }

    public required Finding EventsWrite { get; init; }

    public required Finding ProfilesRead { get; init; }

    /// <summary>The same for all that a key is needed for.</summary>
    public static KlaviyoFindings WithoutScopes(Finding key, string why) => new()
    {
        Key = key,
        AccountsRead = Finding.Unknown(why),
        EventsWrite = Finding.Unknown(why),
        ProfilesRead = Finding.Unknown(why),
    };
}
