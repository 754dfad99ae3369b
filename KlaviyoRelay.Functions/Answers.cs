using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.Functions;

/// <summary>202: how many events were queued, and their ids.</summary>
internal sealed record AcceptedAnswer(int Accepted, IReadOnlyList<string> Ids);

/// <summary>202: the run of the rows, and where it can be asked for.</summary>
internal sealed record AcceptedRowsAnswer(string Run, string Address);

/// <summary>200: why the webhook is not relayed.</summary>
internal sealed record IgnoredAnswer(string Ignored);

/// <summary>200 or 503: the relay's state.</summary>
internal sealed record HealthAnswer(string Status, string Version, string Queue, string Record, string Configuration);

/// <summary>What an operator sends to have a person forgotten.</summary>
internal sealed record ForgetRequest(string? Email);

/// <summary>200: how many rows of the record of conversations were erased, of how many runs the rows were deleted, and how many open runs name the person.</summary>
internal sealed record ForgetAnswer(int Erased, int Runs, int OpenRuns);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AcceptedAnswer))]
[JsonSerializable(typeof(AcceptedRowsAnswer))]
[JsonSerializable(typeof(IgnoredAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(SegmentReport))]
[JsonSerializable(typeof(AudienceList))]
[JsonSerializable(typeof(CampaignList))]
[JsonSerializable(typeof(CampaignPerformance))]
[JsonSerializable(typeof(CampaignView))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(ForgetRequest))]
[JsonSerializable(typeof(ForgetAnswer))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext
{
    /// <summary>For a person to read on a terminal: no more escapes than JSON needs.</summary>
    public static AnswerJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
