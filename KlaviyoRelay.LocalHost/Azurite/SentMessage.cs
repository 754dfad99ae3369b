namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>What changes or deletes a message that was just sent, even while nobody can receive it.</summary>
internal sealed record SentMessage(string Id, string PopReceipt);
