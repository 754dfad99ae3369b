using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Gladly (developer.gladly.com).</summary>
public sealed class GladlyHelpdesk : IHelpdesk
{
    public const string Id = "gladly";

    public string Name => Id;

    public string Title => "Gladly";

    public Type OptionsType => typeof(GladlyOptions);

    public bool CanBeAsked => true;

    public bool CountsConversations => false;

    public HelpdeskDefaults DefaultsOf(ConnectionOptions options) => GladlyDefaults.Value;

    public void Check(string setting, ConnectionOptions options, SecretReferences secrets, SettingErrors errors)
    {
        var own = options.Own<GladlyOptions>();
        errors.CheckAddress($"{setting}__Gladly__BaseAddress", own.BaseAddress);
        errors.CheckText($"{setting}__Gladly__ApiUser", own.ApiUser, "the email address of the agent that the API token belongs to");
        secrets.Check($"{setting}__Gladly__ApiTokenSecret", own.ApiTokenSecret, "the Gladly API token");
        errors.CheckRate($"{setting}__Gladly__RequestsPerSecond", own.RequestsPerSecond);
        if (options.Emails == "verified")
        {
            errors.Add($"{setting}__Emails", options.Emails, "all or primary, because Gladly does not mark emails as verified");
        }
    }
}
