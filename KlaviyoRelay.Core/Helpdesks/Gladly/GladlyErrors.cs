namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>The body of a 301 answer: the customer was merged into another.</summary>
internal sealed record GladlyErrors
{
    public IReadOnlyList<GladlyError?>? Errors { get; init; }

    /// <summary>The id that the customer has now, if the answer names it.</summary>
    public string? MovedTo => Errors?.FirstOrDefault(error => error is { Code: "moved" })?.Meta?.New;

    internal sealed record GladlyError(string? Code, GladlyMove? Meta);

    internal sealed record GladlyMove(string? Old, string? New);
}
