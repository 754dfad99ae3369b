using KlaviyoRelay.Core.Connections;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.DeadLetters;

/// <summary>Stops the start when a reason to redrive is none.</summary>
internal sealed class RedriveOptionsValidator : IValidateOptions<RedriveOptions>
{
    public ValidateOptionsResult Validate(string? name, RedriveOptions options)
    {
        var errors = new SettingErrors();
        if (options.Names.Any(reason => DeadLetterReasons.Parse(reason) is null))
        {
            errors.Add($"{RedriveOptions.SectionName}__{nameof(options.Reasons)}", options.Reasons, $"empty, or some of {string.Join(", ", DeadLetterReasons.Names)}, separated by commas");
        }

        return errors.Result;
    }
}
