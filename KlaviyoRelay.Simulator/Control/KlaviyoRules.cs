using System.Text.Json;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>What is wrong with a profile, a list, a flow, a segment or a campaign of the control API.</summary>
internal static class KlaviyoRules
{
    public static string? Problem(ProfileInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Email: null or "", Phone: null or "", ExternalId: null or "" } => $"'[{index}].email', 'phone' or 'externalId' is required.",
        { Email: { Length: > 0 } email } when !IdentifierRules.IsEmail(email) => $"'[{index}].email' must be an email address.",
        { Phone: { Length: > 0 } phone } when !IdentifierRules.IsPhone(phone) => $"'[{index}].phone' must be a number such as +12345678901.",
        { Subscriptions: { ValueKind: not JsonValueKind.Object } } => $"'[{index}].subscriptions' must be an object in Klaviyo's form.",
        { Properties: { ValueKind: not JsonValueKind.Object } } => $"'[{index}].properties' must be an object.",
        _ => null,
    };

    public static string? Problem(ListInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Name: null or "" } => $"'[{index}].name' is required.",
        { OptIn: not (null or KlaviyoList.SingleOptIn or KlaviyoList.DoubleOptIn) } => $"'[{index}].optIn' must be single_opt_in or double_opt_in.",
        _ => null,
    };

    public static string? Problem(FlowInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Name: null or "" } => $"'[{index}].name' is required.",
        { Definition.ValueKind: not JsonValueKind.Object } => $"'[{index}].definition' must be an object.",
        { List: null or "", Metric: null or "", Definition: null } => $"'[{index}].list', 'metric' or 'definition' is required: what starts the flow.",
        _ => null,
    };

    public static string? Problem(SegmentInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Name: null or "" } => $"'[{index}].name' is required.",
        { Definition: not { ValueKind: JsonValueKind.Object } } => $"'[{index}].definition' must be an object.",
        _ => null,
    };

    public static string? Problem(TemplateInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Name: null or "" } => $"'[{index}].name' is required.",
        _ => null,
    };

    public static string? Problem(FlowRunInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Flow: null or "" } => $"'[{index}].flow' is required: the flow's id.",
        { Email: null or "" } => $"'[{index}].email' is required: the profile's.",
        _ => null,
    };

    public static string? Problem(CampaignSendInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Id: null or "" } => $"'[{index}].id' is required: the campaign's.",
        _ => null,
    };

    public static string? Problem(MessageInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Email: null or "" } => $"'[{index}].email' is required: the profile's.",
        { Message: null or "" } => $"'[{index}].message' is required: the message's id.",
        _ => null,
    };

    public static string? Problem(CampaignInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Name: null or "" } => $"'[{index}].name' is required.",
        { Channel: not (null or Campaign.Email or Campaign.Sms or Campaign.Push) } => $"'[{index}].channel' must be email, sms or mobile_push.",
        { Included: null or [] } => $"'[{index}].included' is required: the lists and segments that get the campaign.",
        _ => null,
    };
}
