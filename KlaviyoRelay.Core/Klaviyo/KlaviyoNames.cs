using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// Which names Klaviyo takes for metrics and properties. It accepts others as well, and then drops the event or the
/// property, or takes it for something of its own: <c>$value</c>, <c>$event_id</c> and whatever else begins with $.
/// </summary>
public static class KlaviyoNames
{
    /// <summary>Klaviyo takes metrics of fewer than 128 characters (developers.klaviyo.com, Create Event).</summary>
    private const int MaxLength = 127;

    private static readonly string OfLength = FormattableString.Invariant($"a name of 1 to {MaxLength} characters");

    public static void CheckMetric(string setting, string name, SettingErrors errors) => Check(setting, name, OfLength, errors);

    public static void CheckProperty(string setting, string name, SettingErrors errors) => Check(setting, name, "a name", errors);

    /// <summary>Whether Klaviyo keeps events of a metric of this name.</summary>
    public static bool IsMetric(string name) => WrongWith(name, OfLength) is null;

    private static void Check(string setting, string name, string expected, SettingErrors errors)
    {
        if (WrongWith(name, expected) is { } shouldBe)
        {
            errors.Add(setting, name, shouldBe);
        }
    }

    private static string? WrongWith(string name, string expected) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => expected,
        { Length: > MaxLength } => OfLength,
        ['$', ..] => "a name that does not begin with $, as the names that Klaviyo keeps for itself do",
        _ when char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) => "a name without blanks at its ends",
        _ when name.Any(char.IsControl) => "a name without control characters",
        _ => null,
    };
}
