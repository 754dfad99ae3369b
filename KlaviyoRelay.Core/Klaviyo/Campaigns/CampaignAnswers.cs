using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Klaviyo.Campaigns;

/// <summary>A message of a campaign, and whether it has a body.</summary>
public sealed record CampaignMessage(string Id, bool HasTemplate);

/// <summary>The messages of a campaign as Klaviyo returns them.</summary>
public sealed record MessagesAnswer
{
    public IReadOnlyList<Message?>? Data { get; set; }

    public sealed record Message
    {
        public string? Id { get; set; }

        public Relationships? Relationships { get; set; }
    }

    public sealed record Relationships
    {
        public Relationship? Template { get; set; }
    }

    public sealed record Relationship
    {
        public Reference? Data { get; set; }
    }

    public sealed record Reference
    {
        public string? Id { get; set; }
    }
}

/// <summary>A job of Klaviyo's.</summary>
public sealed record CampaignJobAttributes
{
    public string? Status { get; set; }
}

/// <summary>How many get a campaign.</summary>
public sealed record EstimationAttributes
{
    public int? EstimatedRecipientCount { get; set; }
}

/// <summary>The figures of campaigns as Klaviyo returns them: empty when there are none.</summary>
public sealed record ReportAttributes
{
    public IReadOnlyList<ReportRow?>? Results { get; set; }
}

/// <summary>The figures of one message of a campaign.</summary>
public sealed record ReportRow
{
    public IReadOnlyDictionary<string, string?>? Groupings { get; set; }

    public IReadOnlyDictionary<string, double?>? Statistics { get; set; }
}

/// <summary>A page of figures.</summary>
public sealed record ReportAnswer
{
    public KlaviyoResource<ReportAttributes>? Data { get; set; }

    public KlaviyoLinks? Links { get; set; }
}

/// <summary>Whom an account's emails come from, unless a campaign says otherwise.</summary>
public sealed record SenderAnswer
{
    public IReadOnlyList<Account?>? Data { get; set; }

    public sealed record Account
    {
        public AccountAttributes? Attributes { get; set; }
    }

    public sealed record AccountAttributes
    {
        public Contact? ContactInformation { get; set; }
    }

    public sealed record Contact
    {
        public string? DefaultSenderName { get; set; }

        public string? DefaultSenderEmail { get; set; }
    }
}

/// <summary>JSON about campaigns from Klaviyo: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KlaviyoDocument<CampaignAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<CampaignAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<CampaignJobAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<EstimationAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<NamedAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<NamedAttributes>))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(SenderAnswer))]
public sealed partial class CampaignJsonContext : JsonSerializerContext;
