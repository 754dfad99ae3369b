namespace KlaviyoRelay.Dashboard.Act;

/// <summary>A conversation that was opened with a button.</summary>
/// <param name="Helpdesk">The helpdesk.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Customer">The customer, one of those that the simulator knows from its start.</param>
internal sealed record SampleConversation(string Helpdesk, string Id, string Customer);
