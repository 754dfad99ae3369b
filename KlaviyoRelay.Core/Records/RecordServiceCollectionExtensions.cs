using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Customers;
using KlaviyoRelay.Core.Records.Delivery;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Core.Records.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KlaviyoRelay.Core.Records;

/// <summary>Adds the stations of records. A host adds its own <see cref="IRecordStore"/>.</summary>
public static class RecordServiceCollectionExtensions
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services)
    {
        services.TryAddSingleton<IRecordStore>(new MissingRecordStore("There is no store of records: the host adds none."));
        return services
            .AddSingleton<StateStore>()
            .AddSingleton<SyncAccess>()
            .AddSingleton<RowsReceiver>()
            .AddSingleton<RunReader>()
            .AddSingleton<KnownProfiles>()
            .AddSingleton<JobSender>()
            .AddSingleton<SingleProfile>()
            .AddSingleton<ProfileSender>()
            .AddSingleton<MemberRemover>()
            .AddSingleton<ChunkSender>()
            .AddSingleton<CustomerSender>()
            .AddSingleton<CustomerRelay>()
            .AddSingleton<RecordRelay>()
            .AddSingleton<JobFollower>()
            .AddSingleton<RunResultWriter>()
            .AddSingleton<PersonEraser>()
            .AddSingleton<RunPoller>()
            .AddSingleton<RunReporter>()
            .AddSingleton(SourceLimits.Default)
            .AddSingleton<SourceStore>()
            .AddSingleton<StagedRuns>()
            .AddSingleton<SourceStaging>()
            .AddSingleton<SourceReader>()
            .AddSingleton<SourceEnd>()
            .AddSingleton<ScheduledSyncs>();
    }
}
