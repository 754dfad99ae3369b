using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Support;

/// <summary>An event that no message brought.</summary>
internal sealed record TestEvent(KlaviyoContent Content, string Email) : KlaviyoEvent(Content, Email);
