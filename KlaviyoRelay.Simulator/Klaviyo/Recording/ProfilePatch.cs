namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What <c>meta</c> of a profile changes: array properties, properties to take away, further addresses.</summary>
internal sealed record ProfilePatch
{
    /// <summary>JSON values to add, by property name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> Append { get; init; } = None;

    /// <summary>JSON values to take away, by property name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> Unappend { get; init; } = None;

    public IReadOnlyList<string> Unset { get; init; } = [];

    public IReadOnlyList<string> AppendedEmails { get; init; } = [];

    public IReadOnlyList<string> UnappendedEmails { get; init; } = [];

    private static Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> None { get; } = [];
}
