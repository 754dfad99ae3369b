using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Leaks;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Figures;
using KlaviyoRelay.Dashboard.Act;
using KlaviyoRelay.Dashboard.Watch;

namespace KlaviyoRelay.Dashboard;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DashboardProblem))]
[JsonSerializable(typeof(History))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(IReadOnlyList<EventRow>))]
[JsonSerializable(typeof(EventDetail))]
[JsonSerializable(typeof(IReadOnlyList<RefusedRow>))]
[JsonSerializable(typeof(Setup))]
[JsonSerializable(typeof(LetterList))]
[JsonSerializable(typeof(LetterChoice))]
[JsonSerializable(typeof(LetterCount))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayResult))]
[JsonSerializable(typeof(TryRequest))]
[JsonSerializable(typeof(TryResult))]
[JsonSerializable(typeof(FaultSwitch))]
[JsonSerializable(typeof(FaultNames))]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(CheckResult))]
[JsonSerializable(typeof(AuditAccounts))]
[JsonSerializable(typeof(AuditRequest))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(EventLateness))]
[JsonSerializable(typeof(LeakRequest))]
[JsonSerializable(typeof(LeakReport))]
[JsonSerializable(typeof(CampaignAccounts))]
[JsonSerializable(typeof(CampaignList))]
[JsonSerializable(typeof(CampaignView))]
[JsonSerializable(typeof(AudienceList))]
[JsonSerializable(typeof(CampaignPerformance))]
[JsonSerializable(typeof(CampaignChange))]
[JsonSerializable(typeof(NewCampaignRequest))]
[JsonSerializable(typeof(HeldCustomers))]
[JsonSerializable(typeof(HeldCustomer))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunDetail))]
[JsonSerializable(typeof(RowPreview))]
[JsonSerializable(typeof(UploadedRun))]
internal sealed partial class DashboardJson : JsonSerializerContext;
