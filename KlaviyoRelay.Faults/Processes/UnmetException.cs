namespace KlaviyoRelay.Faults.Processes;

/// <summary>Something that had to hold does not. The message says what, and what was there instead.</summary>
internal sealed class UnmetException(string message) : Exception(message)
{
    public static void ThrowUnless(bool holds, Func<string> message)
    {
        if (!holds)
        {
            throw new UnmetException(message());
        }
    }
}
