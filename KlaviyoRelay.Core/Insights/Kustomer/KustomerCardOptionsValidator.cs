using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Insights.Kustomer;

/// <summary>Stops the start when the card could be framed by anyone, or when its SDK has no address. Both go into a header.</summary>
public sealed partial class KustomerCardOptionsValidator : IValidateOptions<KustomerCardOptions>
{
    private const string Expected = "https:// origins such as https://*.kustomerapp.com, separated by commas (http:// on loopback only)";

    public ValidateOptionsResult Validate(string? name, KustomerCardOptions options)
    {
        var errors = new SettingErrors();
        var ancestors = SettingList.Of(options.Ancestors);
        if (ancestors.Count == 0 || !ancestors.All(IsOrigin))
        {
            errors.Add($"{KustomerCardOptions.SectionName}__{nameof(options.Ancestors)}", options.Ancestors, Expected);
        }

        errors.CheckAddress($"{KustomerCardOptions.SectionName}__{nameof(options.Sdk)}", options.Sdk);
        return errors.Result;
    }

    /// <summary>The star stands for one or more labels. At least two follow it, so that no top-level domain is let in whole.</summary>
    private static bool IsOrigin(string text) => Secure().IsMatch(text) || Loopback().IsMatch(text);

    [GeneratedRegex(@"^https://(\*\.[a-z0-9-]+\.[a-z0-9.-]+|[a-z0-9.-]+)(:\d{1,5})?\z")]
    private static partial Regex Secure();

    [GeneratedRegex(@"^http://(127\.0\.0\.1|localhost)(:\d{1,5})?\z")]
    private static partial Regex Loopback();
}
