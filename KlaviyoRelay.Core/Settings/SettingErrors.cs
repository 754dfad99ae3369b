using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Settings;

/// <summary>Collects what is wrong with the settings: one line each, naming the setting as it is written in the environment.</summary>
public sealed partial class SettingErrors
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public ValidateOptionsResult Result => _lines.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_lines);

    /// <summary>Notes a setting that is missing or wrong.</summary>
    /// <param name="setting">Its name, such as <c>Relay__Accounts__main__RateShare</c>.</param>
    /// <param name="value">Its value, shown when there is one; never a secret.</param>
    /// <param name="expected">What it should be.</param>
    public void Add(string setting, string? value, string expected) =>
        _lines.Add(string.IsNullOrWhiteSpace(value) ? $"{setting} is missing: it should be {expected}." : $"{setting} is '{value}': it should be {expected}.");

    /// <summary>Notes a setting that the relay does not know.</summary>
    /// <param name="setting">Its name.</param>
    /// <param name="word">The part of its name that is not known.</param>
    /// <param name="known">What could stand there.</param>
    public void AddUnknown(string setting, string word, string known) =>
        _lines.Add($"{setting} is not a setting: '{word}' should be one of {known}.");

    /// <summary>Notes a name of one's own that is none: of an account, a connection or a brand.</summary>
    public void CheckName(string setting, string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            Add(setting, name, "named with 1 to 32 of a-z, 0-9 and _");
        }
    }

    /// <summary>Notes an API's base address that is none.</summary>
    public void CheckAddress(string setting, string address)
    {
        if (BaseAddress.Parse(address) is null)
        {
            Add(setting, address, BaseAddress.Expected);
        }
    }

    /// <summary>Notes a number of requests that is none.</summary>
    public void CheckRate(string setting, int value)
    {
        if (value is < 1 or > 100_000)
        {
            Add(setting, FormattableString.Invariant($"{value}"), "a whole number from 1 to 100000");
        }
    }

    /// <summary>Notes a text that is missing.</summary>
    public void CheckText(string setting, string value, string expected)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(setting, value, expected);
        }
    }

    /// <summary>A configuration path as the environment writes it.</summary>
    public static string NameOf(string configurationPath) => configurationPath.Replace(":", "__", StringComparison.Ordinal);

    [GeneratedRegex("^[a-z0-9_]{1,32}\\z")]
    private static partial Regex NamePattern();
}
