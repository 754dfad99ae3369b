using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Stops the start when Klaviyo's address can't be one.</summary>
public sealed class KlaviyoOptionsValidator : IValidateOptions<KlaviyoOptions>
{
    public ValidateOptionsResult Validate(string? name, KlaviyoOptions options)
    {
        var errors = new SettingErrors();
        if (BaseAddress.Parse(options.BaseAddress) is null)
        {
            errors.Add($"{KlaviyoOptions.SectionName}__{nameof(options.BaseAddress)}", options.BaseAddress, BaseAddress.Expected);
        }

        return errors.Result;
    }
}
