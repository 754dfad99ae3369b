using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Klaviyo.Imports;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>Changes the settings of imports, or says what is wrong with them.</summary>
internal static class ImportSettingsRules
{
    private const string Refuse = "refuse";
    private const string Fail = "fail";
    private const string Flat = "flat";
    private const string Resource = "resource";
    private const string Profiles = "profiles";
    private const string Counts = "counts";

    public static string? Problem(ImportSettingsInput? input) => input switch
    {
        { QueuedMs: < 0 } => "'imports.queuedMs' must be 0 or more milliseconds.",
        { ProfilesPerSecond: < 1 } => "'imports.profilesPerSecond' must be 1 or more.",
        { Outcome: not (null or ImportSettings.Run or ImportSettings.Stuck or ImportSettings.Cancelled) } =>
            "'imports.outcome' must be run, stuck or cancelled.",
        { BadPhones: not (null or Refuse or Fail) } => "'imports.badPhones' must be refuse or fail.",
        { MostErrors: < 0 } => "'imports.mostErrors' must be a number of errors, 0 for all.",
        { OriginalPayload: not (null or Flat or Resource) } => "'imports.originalPayload' must be flat or resource.",
        { Keep: not (null or Profiles or Counts) } => "'imports.keep' must be profiles or counts.",
        _ => null,
    };

    public static ImportSettings Change(ImportSettings before, ImportSettingsInput? input) => input is null ? before : new ImportSettings
    {
        QueuedMs = input.QueuedMs ?? before.QueuedMs,
        ProfilesPerSecond = input.ProfilesPerSecond ?? before.ProfilesPerSecond,
        Outcome = input.Outcome ?? before.Outcome,
        Failing = input.Failing ?? before.Failing,
        PhoneRegions = input.PhoneRegions ?? before.PhoneRegions,
        RefusesPhones = input.BadPhones is { } phones ? phones == Refuse : before.RefusesPhones,
        MostErrors = input.MostErrors ?? before.MostErrors,
        HasFlatPayload = input.OriginalPayload is { } payload ? payload == Flat : before.HasFlatPayload,
        KeepsProfiles = input.Keep is { } keep ? keep == Profiles : before.KeepsProfiles,
    };

    public static string BadPhones(ImportSettings settings) => settings.RefusesPhones ? Refuse : Fail;

    public static string OriginalPayload(ImportSettings settings) => settings.HasFlatPayload ? Flat : Resource;

    public static string Keep(ImportSettings settings) => settings.KeepsProfiles ? Profiles : Counts;
}
