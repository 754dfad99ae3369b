using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary>The additional field <c>subscriptions</c> of a profile: as the control API gave it, or that of a profile without a consent.</summary>
internal static class SubscriptionsDocument
{
    private static readonly byte[] Never =
        """
        {"email":{"marketing":{"can_receive_email_marketing":true,"consent":"NEVER_SUBSCRIBED","consent_timestamp":null,"last_updated":null,"method":null,"method_detail":null,"custom_method_detail":null,"double_optin":null,"suppression":[],"list_suppressions":[]}},"sms":{"marketing":{"can_receive_sms_marketing":false,"consent":"NEVER_SUBSCRIBED","consent_timestamp":null,"method":null,"method_detail":null,"last_updated":null}},"mobile_push":{"marketing":{"can_receive_push_marketing":false,"consent":"NEVER_SUBSCRIBED","consent_timestamp":null}}}
        """u8.ToArray();

    public static void Write(Utf8JsonWriter json, Profile profile) => json.WriteRawValue(profile.Subscriptions is { } given ? given.Span : Never, skipInputValidation: true);
}
