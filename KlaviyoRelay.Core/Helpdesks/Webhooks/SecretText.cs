namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>A secret whose characters are the secret: a password, a token, or a signing key that is text.</summary>
public static class SecretText
{
    public const string IsEmpty = "is empty";

    /// <summary>No vendor makes such a secret; a command that stores a file's content does, with its last line break.</summary>
    public const string HasBlankAtAnEnd = "holds a blank or a line break at an end";

    /// <summary>Why it can't be what a helpdesk uses; null when it can.</summary>
    public static string? WhatIsWrongWith(string secret) =>
        secret.Length == 0 ? IsEmpty
        : char.IsWhiteSpace(secret[0]) || char.IsWhiteSpace(secret[^1]) ? HasBlankAtAnEnd
        : null;
}
