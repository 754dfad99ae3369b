using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Any other helpdesk, by a mapping: its webhooks say all there is.</summary>
public sealed class GenericHelpdesk : IHelpdesk
{
    public const string Id = "generic";

    public string Name => Id;

    public string Title => "Generic";

    public Type OptionsType => typeof(GenericOptions);

    public bool CanBeAsked => false;

    public bool CountsConversations => false;

    public HelpdeskDefaults DefaultsOf(ConnectionOptions options) => GenericDefaults.Of(GenericMappingReader.Read(options.Own<GenericOptions>()).Name);

    public void Check(string setting, ConnectionOptions options, SecretReferences secrets, SettingErrors errors)
    {
        var own = options.Own<GenericOptions>();
        if (GenericMappingReader.Read($"{setting}__Generic", own, errors) is not { } mapping)
        {
            return;
        }

        if (!string.IsNullOrWhiteSpace(own.Name))
        {
            // The names of metrics begin with it.
            KlaviyoNames.CheckMetric($"{setting}__Generic__{nameof(own.Name)}", own.Name, errors);
        }

        if (options.Emails == "verified" && mapping.EmailVerified is null)
        {
            errors.Add($"{setting}__Emails", options.Emails, $"all or primary, or {setting}__Generic__EmailVerified set, which says where a webhook marks emails as verified");
        }

        if (mapping.Phone is { } phone && !options.CreateProfiles)
        {
            // Whether Klaviyo knows a profile is asked by email only.
            errors.Add($"{setting}__Generic__Phone", phone.Text, $"left out, or {setting}__CreateProfiles true: whether Klaviyo has a profile is not asked by phone number");
        }

        if (options.Brands.Count > 0 && mapping.Brand is null)
        {
            errors.Add($"{setting}__Generic__Brand", null, "a JSON Pointer such as /ticket/brand, because Brands are set");
        }
    }
}
