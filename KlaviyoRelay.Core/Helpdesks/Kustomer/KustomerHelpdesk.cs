using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Kustomer (developer.kustomer.com).</summary>
public sealed class KustomerHelpdesk : IHelpdesk
{
    public const string Id = "kustomer";

    public string Name => Id;

    public string Title => "Kustomer";

    public Type OptionsType => typeof(KustomerOptions);

    public bool CanBeAsked => true;

    public bool CountsConversations => true;

    public bool TellsOfCustomers(ConnectionOptions options) => options.Own<KustomerOptions>().MapsCustomers;

    public HelpdeskDefaults DefaultsOf(ConnectionOptions options) => KustomerDefaults.Value;

    public void Check(string setting, ConnectionOptions options, SecretReferences secrets, SettingErrors errors)
    {
        var own = options.Own<KustomerOptions>();
        errors.CheckAddress($"{setting}__Kustomer__BaseAddress", own.BaseAddress);
        secrets.Check($"{setting}__Kustomer__ApiKeySecret", own.ApiKeySecret, "the Kustomer API key");
        errors.CheckRate($"{setting}__Kustomer__RequestsPerMinute", own.RequestsPerMinute);
        KustomerMappingValidator.Check($"{setting}__Kustomer", own, errors);
    }
}
