using KlaviyoRelay.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Support;

/// <summary>What a host's start says about settings.</summary>
internal static class SettingsCheck
{
    public static IReadOnlyList<string> Errors(IConfiguration configuration)
    {
        using var services = new ServiceCollection().AddKlaviyoRelay(configuration).BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
