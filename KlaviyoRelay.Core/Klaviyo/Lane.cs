namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>What sends to Klaviyo. Each lane has its part of an account's limits, whatever the others do.</summary>
public enum Lane
{
    Conversations,
    Records,
    Insights,
    Audit,
    Campaigns,
}

/// <summary>Klaviyo's endpoints that have limits of their own.</summary>
public enum KlaviyoEndpoint
{
    CreateEvent,
    CreateEvents,
    FindProfiles,
    ReadAccount,
    ImportProfile,
    CreateImport,
    ListImports,
    ReadImport,
    ReadImportErrors,
    FindMembers,
    RemoveMembers,
    ReadList,
    ReadListFlows,
    ReadMetrics,
    ReadMetricFlows,
    ReadFlows,
    ReadFlow,
    ReadSegments,
    CreateSegment,
    UpdateSegment,
    ReadEvents,
    ReadCampaigns,
    ReadProfileLists,
    ReadProfileSegments,
    ReadMessageCampaign,
    ReadLists,
    CountList,
    CountSegment,
    CreateCampaign,
    ReadCampaign,
    ReadCampaignMessages,
    AssignTemplate,
    SendCampaign,
    ReadSendJob,
    ChangeSendJob,
    EstimateCampaign,
    ReadEstimation,
    ReportCampaigns,
    CreateTemplate,
    ReadTemplates,
    ReadTemplate,
    DeleteTemplate,
}
