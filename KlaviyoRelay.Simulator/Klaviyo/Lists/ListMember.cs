namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>A member; the first one who joined has the number 0.</summary>
internal sealed record ListMember(long Number, string ProfileId, DateTimeOffset JoinedAt);
