using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary><c>POST /api/profile-bulk-import-jobs</c>: checked as a whole, then imported later.</summary>
internal static class ImportCreation
{
    public static Answer Answer(KlaviyoCall call)
    {
        if (JsonBody.Problem(call.Request) is { } refused)
        {
            return refused.ToAnswer();
        }

        if (!ResourceQuery.TryRead(call.Request, ImportDocument.OneRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        var settings = call.Settings.Imports;
        var reader = new ImportReader(settings);
        var request = reader.Read(call.Request.Body.Bytes);
        return request is not null && reader.Errors.Count == 0
            ? Accept(call, query, request)
            : KlaviyoError.ToAnswer(settings.MostErrors > 0 ? [.. reader.Errors.Take(settings.MostErrors)] : reader.Errors);
    }

    private static Answer Accept(KlaviyoCall call, ResourceQuery query, ImportRequest request)
    {
        var settings = call.Settings.Imports;
        var hashes = settings.KeepsProfiles ? [] : request.Rows.Where(row => row.Failure is null).Select(row => ImportTally.Hash(row.Profile)).ToArray();
        var rows = settings.KeepsProfiles ? request.Rows : [.. request.Rows.Where(row => row.Failure is not null)];
        return call.Account.Use(data =>
        {
            if (request.ListIds.FirstOrDefault(id => data.Lists.Find(id) is null) is { } unknown)
            {
                return KlaviyoErrors.Invalid($"A list with id {unknown} does not exist.", "/data/relationships/lists").ToAnswer();
            }

            if (!settings.KeepsProfiles)
            {
                data.Tally.Add(hashes, request.ListIds);
            }

            var job = data.Jobs.Add(request.Rows.Count, rows, request.ListIds, settings, call.Now);
            return ResourceDocument.One(
                202,
                ImportDocument.Self(query.BaseAddress, job),
                json => ImportDocument.Write(json, query.BaseAddress, job, query.Fields, call.Now));
        });
    }
}
