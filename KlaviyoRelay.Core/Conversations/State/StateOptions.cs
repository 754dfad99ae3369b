namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>The record of conversations: <c>Relay__State__...</c>.</summary>
public sealed class StateOptions
{
    /// <summary>
    /// Name of the secret whose value keys the hashes of customers' emails in the record. Any random text of 16
    /// characters or more. Another value begins the record anew.
    /// </summary>
    public string KeySecret { get; set; } = "conversationRecordKey";
}
