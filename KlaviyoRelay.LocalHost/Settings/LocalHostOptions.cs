using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost.Settings;

/// <summary>Settings that only the local host has: <c>LocalHost__...</c>.</summary>
internal sealed class LocalHostOptions
{
    public const string SectionName = "LocalHost";

    /// <summary>
    /// How long a message that was received stays invisible. It is renewed while its batch runs, so this is the
    /// time after which a killed host's messages come back.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan Lock { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an empty queue is left alone. A message that this process sends is fetched at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Schedules of timers, by function, in the place of their own: a person at this machine waits for what comes of them.</summary>
    public Dictionary<string, string> Schedules { get; init; } = [];
}

[OptionsValidator]
internal sealed partial class LocalHostOptionsValidator : IValidateOptions<LocalHostOptions>;
