namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>A connection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Helpdesk">Its helpdesk.</param>
/// <param name="Accounts">The Klaviyo accounts that its events can go to.</param>
/// <param name="CanTry">Whether sample conversations can be posted to it.</param>
/// <param name="WhyNot">Why not; null when they can.</param>
internal sealed record SetupConnection(string Name, string Helpdesk, IReadOnlyList<string> Accounts, bool CanTry, string? WhyNot);
