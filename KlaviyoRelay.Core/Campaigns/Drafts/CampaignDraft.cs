using System.Globalization;
using System.Net.Mail;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Campaigns.Drafts;

/// <summary>Something that is wrong with a request.</summary>
/// <param name="Text">What, and what to do.</param>
/// <param name="Field">Which member of the request, or Klaviyo's pointer; null when it is none alone.</param>
public sealed record CampaignProblem(string Text, string? Field);

/// <summary>A campaign that is asked for, with everything that can be judged without Klaviyo judged.</summary>
public sealed record CampaignDraft
{
    private const int LongestName = 150;

    // The clocks of the world: the first is 14 hours ahead of UTC, the last 12 behind.
    private static readonly TimeSpan First = TimeSpan.FromHours(14);
    private static readonly TimeSpan Last = TimeSpan.FromHours(12);

    private CampaignDraft()
    {
    }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Included { get; init; }

    public required IReadOnlyList<string> Excluded { get; init; }

    public required CampaignTime Time { get; init; }

    public required bool UsesSmartSending { get; init; }

    public required string Subject { get; init; }

    public string? Preview { get; init; }

    public string? FromEmail { get; init; }

    public string? FromName { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>Klaviyo's template; null when the content came with the request.</summary>
    public string? TemplateId { get; init; }

    public string? Html { get; init; }

    public string? Text { get; init; }

    public required bool IsWithoutExclusion { get; init; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time of day.</param>
    /// <param name="problems">What is wrong; empty when nothing is.</param>
    /// <returns>Null when something is wrong.</returns>
    public static CampaignDraft? Read(CampaignRequest request, DateTimeOffset now, out IReadOnlyList<CampaignProblem> problems)
    {
        var found = new List<CampaignProblem>();
        var time = TimeOf(request, now, found);
        Check(request.Name is { } name && !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName, $"name is missing: it should have 1 to {LongestName} characters.", "name", found);
        Check(!string.IsNullOrWhiteSpace(request.Subject), "subject is missing: it is what recipients read first.", "subject", found);
        Check(Texts(request.Audiences?.Included).Count > 0, "There is no audience: audiences.included should name at least one list or segment, by name or id.", "audiences.included", found);
        CheckAddress(request.From?.Email, "from.email", found);
        CheckAddress(request.ReplyTo, "replyTo", found);
        Check(
            string.IsNullOrWhiteSpace(request.TemplateId) != string.IsNullOrWhiteSpace(request.Html),
            "There is no content, or two: give the id of a template as templateId, or content of your own as html (and text).",
            "templateId",
            found);
        Check(request.Text is null || !string.IsNullOrWhiteSpace(request.Html), "text stands beside html only: a template has its own.", "text", found);
        problems = found;
        return found.Count > 0 || time is null ? null : new CampaignDraft
        {
            Name = request.Name?.Trim() ?? "",
            Included = Texts(request.Audiences?.Included),
            Excluded = Texts(request.Audiences?.Excluded),
            Time = time,
            UsesSmartSending = request.SmartSending ?? true,
            Subject = request.Subject ?? "",
            Preview = request.Preview,
            FromEmail = request.From?.Email,
            FromName = request.From?.Name,
            ReplyTo = request.ReplyTo,
            TemplateId = string.IsNullOrWhiteSpace(request.TemplateId) ? null : request.TemplateId.Trim(),
            Html = request.Html,
            Text = request.Text,
            IsWithoutExclusion = request.WithoutExclusion == true,
        };
    }

    /// <summary>Whether no recipient's clock is before the time any more.</summary>
    public static bool IsPast(CampaignTime time, DateTimeOffset now) => (time.IsLocal ? time.At + Last : time.At) <= now;

    /// <summary>Whether the time has passed on some recipients' clocks.</summary>
    public static bool IsPastForSome(CampaignTime time, DateTimeOffset now) => time.IsLocal && time.At - First <= now;

    private static CampaignTime? TimeOf(CampaignRequest request, DateTimeOffset now, List<CampaignProblem> found)
    {
        const string Field = "sendAt";
        var isLocal = request.InRecipientTimezone == true;
        if (!DateTimeOffset.TryParse(request.SendAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            found.Add(new CampaignProblem($"{Field} is {(string.IsNullOrWhiteSpace(request.SendAt) ? "missing" : "no time")}: it should be a time such as {(isLocal ? "2026-12-01T09:00:00" : "2026-12-01T09:00:00Z")}.", Field));
            return null;
        }

        var hasOffset = HasOffset(request.SendAt ?? "");
        Check(isLocal || hasOffset, $"{Field} has no offset: write 2026-12-01T09:00:00Z or 2026-12-01T10:00:00+01:00, or say inRecipientTimezone.", Field, found);
        Check(!isLocal || at.Offset == TimeSpan.Zero, $"{Field} has an offset: with inRecipientTimezone it is the time on each recipient's clock, such as 2026-12-01T09:00:00.", Field, found);
        var time = new CampaignTime(at.ToUniversalTime(), isLocal, request.SendPastRecipientsImmediately == true);
        Check(!IsPast(time, now), $"{Field} is in the past: {at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)}. Klaviyo would send at once.", Field, found);
        Check(isLocal || request.SendPastRecipientsImmediately is null, "sendPastRecipientsImmediately has a meaning with inRecipientTimezone only.", "sendPastRecipientsImmediately", found);
        return time;
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 10 && text.AsSpan(10).ContainsAny('+', '-'));

    private static void CheckAddress(string? email, string field, List<CampaignProblem> found) =>
        Check(email is null || MailAddress.TryCreate(email, out _), $"{field} is no email address.", field, found);

    private static void Check(bool holds, string otherwise, string field, List<CampaignProblem> found)
    {
        if (!holds)
        {
            found.Add(new CampaignProblem(otherwise, field));
        }
    }

    private static List<string> Texts(IReadOnlyList<string?>? texts) => [.. (texts ?? []).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text?.Trim() ?? "").Distinct(StringComparer.Ordinal)];
}
