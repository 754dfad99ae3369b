namespace KlaviyoRelay.Benchmarks.FarEnd;

/// <summary>What the far end has seen since it was last reset.</summary>
/// <param name="Requests">Requests to Klaviyo.</param>
/// <param name="LookUps">Requests to the helpdesk.</param>
/// <param name="Connections">Connections that were open then, and those opened since.</param>
/// <param name="Events">Events in the requests to Klaviyo.</param>
/// <param name="Distinct">Events with a <c>unique_id</c> of their own.</param>
/// <param name="Bytes">Length of the bodies of the requests to Klaviyo.</param>
internal sealed record FarEndCounts(int Requests, int LookUps, int Connections, int Events, int Distinct, long Bytes);
