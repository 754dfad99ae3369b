using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Simulator.Control.Inputs;

// Unknown members are refused: a misspelt setting that is silently ignored costs an afternoon.
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CustomerInput[]))]
[JsonSerializable(typeof(ConversationInput[]))]
[JsonSerializable(typeof(FaultInput))]
[JsonSerializable(typeof(KeyInput))]
[JsonSerializable(typeof(SettingsInput))]
[JsonSerializable(typeof(ProfileInput[]))]
[JsonSerializable(typeof(ListInput[]))]
[JsonSerializable(typeof(FlowInput[]))]
[JsonSerializable(typeof(SegmentInput[]))]
[JsonSerializable(typeof(CampaignInput[]))]
[JsonSerializable(typeof(TemplateInput[]))]
[JsonSerializable(typeof(EventInput[]))]
[JsonSerializable(typeof(FlowRunInput[]))]
[JsonSerializable(typeof(CampaignSendInput[]))]
[JsonSerializable(typeof(MessageInput[]))]
[JsonSerializable(typeof(WebhookInput))]
[JsonSerializable(typeof(CardAnswerInput[]))]
[JsonSerializable(typeof(JsonElement[]))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
