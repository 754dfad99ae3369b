using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary><c>POST /api/campaigns</c>: a draft of one email.</summary>
internal static class CampaignCreation
{
    private const string Resource = "campaign";

    private static readonly FrozenSet<string> Attributes = Set("name", "audiences", "send_strategy", "send_options", "tracking_options", "campaign-messages");
    private static readonly FrozenSet<string> AudienceNames = Set("included", "excluded");
    private static readonly FrozenSet<string> SendOptions = Set("use_smart_sending");
    private static readonly FrozenSet<string> Definition = Set("channel", "label", "content");
    private static readonly FrozenSet<string> Content = Set("subject", "preview_text", "from_email", "from_label", "reply_to_email", "cc_email", "bcc_email");

    public static Answer Answer(KlaviyoCall call)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        var reader = new FieldReader();
        return call.Account.Use(data =>
        {
            var campaign = Read(reader, call, data);
            if (reader.Errors.Count > 0 || campaign is null)
            {
                return KlaviyoError.ToAnswer(reader.Errors);
            }

            data.Campaigns.Put(campaign);
            var address = call.Request.BaseAddress;
            return ResourceDocument.One(201, CampaignDocument.Self(address, campaign), json => CampaignDocument.Write(json, address, campaign, CampaignDocument.Fields, call.Now));
        });
    }

    private static Campaign? Read(FieldReader reader, KlaviyoCall call, AccountData data)
    {
        var body = new BodyReader(reader);
        using var document = body.Parse(call.Request.Body.Bytes);
        if (document is null || body.Data(document, Resource) is not { } resource)
        {
            return null;
        }

        reader.AllowOnly(resource, MemberNames.Resource, Resource);
        reader.RequireType(resource, Resource);
        if (reader.Required(resource, "attributes", JsonValueKind.Object, Resource) is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, Attributes, Resource);
        var name = reader.Required(attributes, "name", JsonValueKind.String, Resource)?.Element.GetString();
        var audiences = reader.Required(attributes, "audiences", JsonValueKind.Object, Resource);
        var content = ContentOf(reader, attributes);
        var (sendAt, isLocal) = StrategyReader.TimeOf(reader, attributes, call.Now);
        if (audiences is not { } whom || content is not { } text || name is null)
        {
            return null;
        }

        reader.AllowOnly(whom, AudienceNames, Resource);
        var included = Ids(reader, whom, "included", data);
        if (included.Count == 0)
        {
            reader.Fail("At least one audience is required", whom.Pointer.At("included"));
        }

        var options = reader.Optional(attributes, "send_options", JsonValueKind.Object);
        if (options is { } given)
        {
            reader.AllowOnly(given, SendOptions, Resource);
            reader.OptionalBoolean(given, "use_smart_sending");
        }

        return new Campaign(Campaign.IdOf(call.Account.Name, (data.Campaigns.All.Count + 1).ToString(CultureInfo.InvariantCulture)), name, Campaign.Email, Campaign.Draft, call.Now)
        {
            Included = included,
            Excluded = Ids(reader, whom, "excluded", data),
            SendAt = sendAt,
            IsLocal = isLocal,
            UsesSmartSending = options?.Element is not { } smart || !smart.TryGetProperty("use_smart_sending", out var uses) || uses.ValueKind != JsonValueKind.False,
            Subject = reader.OptionalText(text, "subject") ?? "",
            FromEmail = reader.OptionalText(text, "from_email") ?? AccountDocument.DefaultSender,
        };
    }

    private static Field? ContentOf(FieldReader reader, Field attributes)
    {
        if (reader.Required(attributes, "campaign-messages", JsonValueKind.Object, Resource) is not { } messages
            || reader.Required(messages, "data", JsonValueKind.Array, Resource) is not { } all)
        {
            return null;
        }

        if (all.Element.GetArrayLength() != 1)
        {
            reader.Fail("Exactly one message is simulated", all.Pointer);
            return null;
        }

        var message = new Field(all.Element[0], all.Pointer.At("0"));
        reader.RequireType(message, "campaign-message");
        if (reader.Required(message, "attributes", JsonValueKind.Object, Resource) is not { } own || reader.Required(own, "definition", JsonValueKind.Object, Resource) is not { } definition)
        {
            return null;
        }

        reader.AllowOnly(definition, Definition, "EmailMessageDefinition");
        if (reader.OptionalText(definition, "channel") != Campaign.Email)
        {
            reader.Fail("Only the channel email is simulated", definition.Pointer.At("channel"));
        }

        if (reader.Required(definition, "content", JsonValueKind.Object, Resource) is not { } content)
        {
            return null;
        }

        reader.AllowOnly(content, Content, "EmailContent");
        // Klaviyo takes the account's own domains only; in which words it refuses others is not known.
        if (reader.OptionalText(content, "from_email") is { } from && !from.EndsWith(AccountDocument.SenderDomain, StringComparison.OrdinalIgnoreCase))
        {
            reader.Fail("The from email is not an authorized sender of this account.", content.Pointer.At("from_email"));
        }

        return content;
    }

    private static List<string> Ids(FieldReader reader, Field parent, string name, AccountData data)
    {
        if (reader.Optional(parent, name, JsonValueKind.Array) is not { } array)
        {
            return [];
        }

        var ids = array.Element.EnumerateArray().Select(id => id.ToString()).ToList();
        if (ids.Find(id => data.Lists.Find(id) is null && data.Segments.Find(id) is null) is { } unknown)
        {
            reader.Fail($"The audience {unknown} does not exist.", array.Pointer);
        }

        return ids;
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
