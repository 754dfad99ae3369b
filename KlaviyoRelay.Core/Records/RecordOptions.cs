namespace KlaviyoRelay.Core.Records;

/// <summary>How runs are followed: <c>Relay__Records__...</c>.</summary>
public sealed class RecordOptions
{
    /// <summary>After how long an import job that Klaviyo has not ended counts as stuck. Klaviyo works on a job within minutes.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromDays(1);
}
