using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Queries;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>What can be asked of jobs: their states, their errors, and which profiles and lists they are about.</summary>
internal static class ImportsQuery
{
    private static readonly QueryRules ManyRules = new(ImportReader.JobType, ImportDocument.Fields)
    {
        DefaultPage = 20,
        LargestPage = 100,
        Filters = FilterRule.Text("status"),
        Sorts = ["created_at", "-created_at"],
    };

    private static readonly QueryRules ProfileRules = new("profile", ProfileDocument.Fields)
    {
        DefaultPage = 20,
        LargestPage = 100,
        NotSimulated = ["additional-fields[profile]"],
    };

    private static readonly QueryRules IdRules = ProfileRules with { Fields = [] };
    private static readonly QueryRules ListRules = new("list", ListDocument.Fields);

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, ManyRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data =>
        {
            var isDescending = query.Sort == "-created_at";
            var jobs = (isDescending ? data.Jobs.All.Reverse() : data.Jobs.All)
                .Where(job => query.Start is not { } start || (isDescending ? job.Number <= start : job.Number >= start))
                .Where(job => query.Filter?.IsMetBy(job.Status(call.Now)) != false);
            var page = Page.Numbered(jobs, job => job.Number, query.Size);
            return ResourceDocument.Many(query, page, (json, job) => ImportDocument.Write(json, query.BaseAddress, job, query.Fields, call.Now));
        });
    }

    public static Answer One(KlaviyoCall call) => Read(call, ImportDocument.OneRules, (_, job, query) => ResourceDocument.One(
        200, query.Self, json => ImportDocument.Write(json, query.BaseAddress, job, query.Fields, call.Now)));

    public static Answer Errors(KlaviyoCall call) => Read(call, ImportErrorDocument.Rules, (_, job, query) => ResourceDocument.Many(
        query,
        Page.Of(job.Errors, query),
        (json, failed) => ImportErrorDocument.Write(json, failed, query.Fields, call.Settings.Imports.HasFlatPayload)));

    public static Answer Profiles(KlaviyoCall call) => Read(call, ProfileRules, (data, job, query) => ResourceDocument.Many(
        query,
        Page.Of(job.ProfileIds, query),
        (json, id) =>
        {
            if (data.Profiles.Find(ProfileIdentifier.Id(id)) is { } profile)
            {
                ProfileDocument.Write(json, query.BaseAddress, profile, query.Fields);
            }
        }));

    public static Answer ProfileIds(KlaviyoCall call) => Read(call, IdRules, (_, job, query) => ResourceDocument.Many(
        query, Page.Of(job.ProfileIds, query), (json, id) => ResourceDocument.WriteIdentity(json, "profile", id)));

    public static Answer Lists(KlaviyoCall call) => Read(call, ListRules, (data, job, query) => ResourceDocument.Many(
        query,
        new Page<KlaviyoList>([.. job.ListIds.Select(data.Lists.Find).OfType<KlaviyoList>()], null),
        (json, list) => ListDocument.Write(json, query.BaseAddress, list, query.Fields)));

    private static Answer Read(KlaviyoCall call, QueryRules rules, Func<AccountData, ImportJob, ResourceQuery, Answer> write)
    {
        if (!ResourceQuery.TryRead(call.Request, rules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Jobs.Find(call.Id) is { } job
            ? write(data, job, query)
            : KlaviyoErrors.Unknown("profile-bulk-import-job", call.Id).ToAnswer());
    }
}
