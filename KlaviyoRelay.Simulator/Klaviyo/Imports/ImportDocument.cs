using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>A job as Klaviyo writes it.</summary>
internal static class ImportDocument
{
    private static readonly string[] Links = ["lists", "profiles", "import-errors"];

    public static string[] Fields { get; } =
    [
        "status", "created_at", "total_count", "completed_count", "failed_count", "completed_at", "expires_at", "started_at",
    ];

    public static QueryRules OneRules { get; } = new(ImportReader.JobType, Fields) { NotSimulated = ["fields[list]", "include"] };

    public static string Self(string baseAddress, ImportJob job) => $"{baseAddress}/api/profile-bulk-import-jobs/{job.Id}/";

    public static void Write(Utf8JsonWriter json, string baseAddress, ImportJob job, IReadOnlyList<string> fields, DateTimeOffset now) =>
        ResourceDocument.Write(json, ImportReader.JobType, job.Id, Self(baseAddress, job), Links, attributes =>
        {
            foreach (var field in fields)
            {
                WriteAttribute(attributes, job, field, now);
            }
        });

    private static void WriteAttribute(Utf8JsonWriter json, ImportJob job, string field, DateTimeOffset now)
    {
        switch (field)
        {
            case "status":
                json.WriteString(field, job.Status(now));
                break;
            case "created_at":
                json.WriteString(field, job.Created);
                break;
            case "total_count":
                json.WriteNumber(field, job.Total);
                break;
            case "completed_count":
                json.WriteNumber(field, job.Completed(now));
                break;
            case "failed_count":
                json.WriteNumber(field, job.Errors.Count);
                break;
            case "expires_at":
                json.WriteString(field, job.Expires);
                break;
            case "completed_at":
                WriteReached(json, field, job.Ends, now);
                break;
            case "started_at":
                WriteReached(json, field, job.Starts, now);
                break;
        }
    }

    private static void WriteReached(Utf8JsonWriter json, string field, DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is { } reached && reached <= now)
        {
            json.WriteString(field, reached);
        }
        else
        {
            json.WriteNull(field);
        }
    }
}
