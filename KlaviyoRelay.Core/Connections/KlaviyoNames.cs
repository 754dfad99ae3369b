namespace KlaviyoRelay.Core.Connections;

/// <summary>
/// Which names Klaviyo takes for metrics and properties. It accepts others as well, and then drops the event or the
/// property, or takes it for something of its own: <c>$value</c>, <c>$event_id</c> and whatever else begins with $.
/// </summary>
internal static class KlaviyoNames
{
    /// <summary>Klaviyo takes metrics of fewer than 128 characters (developers.klaviyo.com, Create Event).</summary>
    private const int MaxLength = 127;

    private static readonly string Expected =
        FormattableString.Invariant($"a name of 1 to {MaxLength} characters that does not begin with $, which Klaviyo keeps for itself, without blanks at its ends and without control characters");

    public static void Check(string setting, string name, SettingErrors errors)
    {
        var isName = name.Length is > 0 and <= MaxLength
            && !name.StartsWith('$')
            && !char.IsWhiteSpace(name[0])
            && !char.IsWhiteSpace(name[^1])
            && !name.Any(char.IsControl);
        if (!isName)
        {
            errors.Add(setting, name, Expected);
        }
    }
}
