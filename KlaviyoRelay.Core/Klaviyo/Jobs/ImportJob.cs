using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo.Jobs;

/// <summary>How far a bulk import job is.</summary>
public enum JobStatus
{
    Queued,
    Processing,
    Complete,
    Cancelled,
}

/// <summary>A bulk import job as Klaviyo sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">How far it is; null for a word that the relay does not know.</param>
/// <param name="Total">How many profiles it has.</param>
/// <param name="Failed">How many of them failed.</param>
public sealed record ImportJob(string Id, JobStatus? Status, int Total, int Failed);

/// <summary>What a question for a job found.</summary>
/// <param name="Job">The job; null when Klaviyo does not know it.</param>
public sealed record FoundJob(ImportJob? Job);

/// <summary>The attributes of a job (developers.klaviyo.com, Get Bulk Import Profiles Job).</summary>
public sealed record JobAttributes
{
    public string? Status { get; set; }

    public int? TotalCount { get; set; }

    public int? FailedCount { get; set; }
}

/// <summary>A row that a job refused.</summary>
/// <param name="Detail">Klaviyo's words.</param>
/// <param name="Pointer">The member that is to blame; null when there is none.</param>
/// <param name="Email">The identifiers in the payload that Klaviyo returns.</param>
/// <param name="Phone">The phone number.</param>
/// <param name="ExternalId">The id in the source.</param>
public sealed record ImportError(string Detail, string? Pointer, string? Email, string? Phone, string? ExternalId);

/// <summary>The attributes of an import error. The payload is of no documented form: its identifiers stand at its top or below <c>attributes</c>.</summary>
public sealed record ImportErrorAttributes
{
    public string? Title { get; set; }

    public string? Detail { get; set; }

    public ErrorSource? Source { get; set; }

    public JsonElement? OriginalPayload { get; set; }

    public ImportError Read() => new(
        $"{Title} {Detail}".Trim(), Source?.Pointer, Identifier("email"), Identifier("phone_number"), Identifier("external_id"));

    private string? Identifier(string name) => OriginalPayload is { ValueKind: JsonValueKind.Object } payload
        ? Text(payload, name) ?? (payload.TryGetProperty("attributes", out var attributes) ? Text(attributes, name) : null)
        : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public sealed record ErrorSource
    {
        public string? Pointer { get; set; }
    }
}
