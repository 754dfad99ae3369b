namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What became of one imported profile: it was written, or why not.</summary>
internal readonly record struct ImportOutcome(Profile? Profile, bool IsNew = false, KlaviyoError? Problem = null);
