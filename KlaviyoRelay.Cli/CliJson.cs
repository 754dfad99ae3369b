using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Cli.Audits;
using KlaviyoRelay.Cli.Checks;
using KlaviyoRelay.Cli.DeadLetters;
using KlaviyoRelay.Cli.Events;
using KlaviyoRelay.Cli.Syncs;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Leaks;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Cli;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(AudienceList))]
[JsonSerializable(typeof(CampaignList))]
[JsonSerializable(typeof(CampaignPerformance))]
[JsonSerializable(typeof(CampaignView))]
[JsonSerializable(typeof(EventLateness))]
[JsonSerializable(typeof(LeakReport))]
[JsonSerializable(typeof(SegmentReport))]
[JsonSerializable(typeof(StoredLeakState))]
[JsonSerializable(typeof(CheckJson))]
[JsonSerializable(typeof(DeadLetterJson))]
[JsonSerializable(typeof(DryRun))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ListedEvent[]))]
[JsonSerializable(typeof(PreviewJson))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunReports))]
[JsonSerializable(typeof(ShownEvent))]
[JsonSerializable(typeof(SyncListJson))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static CliJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
