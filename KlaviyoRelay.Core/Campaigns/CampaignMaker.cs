using System.Text.Json;
using KlaviyoRelay.Core.Campaigns.Drafts;
using KlaviyoRelay.Core.Campaigns.Steps;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Templates;

namespace KlaviyoRelay.Core.Campaigns;

/// <summary>Makes campaigns as drafts. What is wrong with a request is said before anything is made, and a repeat goes on where the first ended.</summary>
public sealed class CampaignMaker(
    CampaignAccess access, Audiences audiences, Estimates estimates, CampaignClient campaigns, TemplateClient templates, CampaignViews views, StepRunner runner, CampaignNotes notes, CampaignLog log, TimeProvider clock)
{
    /// <param name="account">The account.</param>
    /// <param name="body">The request.</param>
    /// <param name="key">The caller's <c>Idempotency-Key</c>; null for none.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CampaignStoreException">The notes of campaigns can't be used.</exception>
    public async Task<CampaignOutcome<CampaignView>> MakeAsync(KlaviyoAccount account, ReadOnlyMemory<byte> body, string? key, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (Read(body, out var unreadable) is not { } request)
        {
            return Refused(unreadable);
        }

        var mark = CampaignMark.Of(account.Name, key, body.Span);
        var before = (await notes.ReadAsync(CampaignNotes.Made(account.Name, mark.Mark), CampaignEntry.Empty, StepJsonContext.Default.CampaignEntry, cancellationToken)).Value;
        if (before.Request is { } earlier && earlier != mark.Request)
        {
            return new CampaignOutcome<CampaignView>.Conflict("This Idempotency-Key came before with another body: send another key, or the same body.");
        }

        // A repeat may come when the time has passed: what was begun is judged by what Klaviyo shows.
        if (CampaignDraft.Read(request, before.Request is null ? clock.WallTime() : DateTimeOffset.MinValue, out var problems) is not { } draft)
        {
            return Refused([.. problems]);
        }

        return await MakeAsync(account, draft, mark, before, budget, cancellationToken);
    }

    private async Task<CampaignOutcome<CampaignView>> MakeAsync(
        KlaviyoAccount account, CampaignDraft draft, CampaignMark mark, CampaignEntry before, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (before.Request is not null && await ShowAgainAsync(account, draft, mark, before, budget, cancellationToken) is { } known)
        {
            return known;
        }

        var (choice, problems, failure) = await ChooseAsync(account, draft, budget, cancellationToken);
        if (choice is null)
        {
            return failure is null ? Refused([.. problems]) : new CampaignOutcome<CampaignView>.Failed(failure);
        }

        if (draft.TemplateId is { } template)
        {
            var found = (await templates.FindAsync(account, template, budget, cancellationToken)).Explained("templates:read", account);
            if (!found.IsSuccess)
            {
                return new CampaignOutcome<CampaignView>.Failed(found.Failure);
            }

            if (found.Value.Data is null)
            {
                return Refused(new CampaignProblem($"There is no template '{template}' in the Klaviyo account: its id is in the address of Klaviyo's template editor.", "templateId"));
            }
        }

        var sender = await audiences.SenderAsync(account, budget, cancellationToken);
        if (!sender.IsSuccess && draft.FromEmail is null)
        {
            return new CampaignOutcome<CampaignView>.Failed(sender.Failure with { Detail = $"{sender.Failure.Detail} Or name the sender as from.email." });
        }

        var email = new CampaignEmail(draft.Subject, draft.Preview, draft.FromEmail ?? sender.Value?.Email ?? "", draft.FromName ?? sender.Value?.Name, draft.ReplyTo);
        var campaign = new NewCampaign(mark.On(draft.Name), [.. choice.Included.Select(one => one.Id)], [.. choice.Excluded.Select(one => one.Id)], draft.Time, draft.UsesSmartSending, email);
        var steps = new CreationSteps(account, draft, mark, campaign, campaigns, templates, budget);
        var end = await runner.RunAsync(CampaignNotes.Made(account.Name, mark.Mark), steps, cancellationToken);
        if (end is StepsEnd.Refused)
        {
            await steps.CleanUpAsync(cancellationToken);
        }

        return end is StepsEnd.Done done && steps.Campaign is { } made
            ? await ShowAsync(account, made, done.HasChanged, Warnings(draft, sender.Value), cancellationToken)
            : CampaignViews.Of(end);
    }

    /// <summary>The campaign that an earlier request has made; null when something is left to do. What the request names may be gone since.</summary>
    private async Task<CampaignOutcome<CampaignView>?> ShowAgainAsync(
        KlaviyoAccount account, CampaignDraft draft, CampaignMark mark, CampaignEntry before, BatchBudget budget, CancellationToken cancellationToken)
    {
        var steps = new CreationSteps(account, draft, mark, campaign: null, campaigns, templates, budget);
        var facts = await steps.ReadAsync(before, cancellationToken);
        return facts.IsSuccess && steps.Campaign is { } made && steps.Next(facts.Value, before, clock.WallTime(), TimeSpan.Zero) is CampaignMove.Done
            ? await ShowAsync(account, made, isNew: false, [], cancellationToken)
            : null;
    }

    /// <summary>What a request names. A name that is not known may have come since the lists were read.</summary>
    private async Task<(AudienceChoice? Choice, IReadOnlyList<CampaignProblem> Problems, DeliveryFailure? Failure)> ChooseAsync(
        KlaviyoAccount account, CampaignDraft draft, BatchBudget budget, CancellationToken cancellationToken)
    {
        IReadOnlyList<CampaignProblem> problems = [];
        var connections = access.Feeding(account.Name);
        foreach (var isFresh in new[] { false, true })
        {
            var all = await audiences.AllAsync(account, isFresh, budget, cancellationToken);
            if (!all.IsSuccess)
            {
                return (null, [], all.Failure);
            }

            if (AudienceChoice.Of(draft, all.Value.Audiences, connections, account.Name, out problems) is { } choice)
            {
                return (choice, [], null);
            }
        }

        return (null, problems, null);
    }

    private async Task<CampaignOutcome<CampaignView>> ShowAsync(
        KlaviyoAccount account, KlaviyoResource<CampaignAttributes> made, bool isNew, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var id = made.Id ?? "";
        if (isNew)
        {
            log.Note(account.Name, "made", id);
        }

        var view = await views.OfAsync(account, made, cancellationToken);
        var recipients = await estimates.OfAsync(account, id, view.Included, views.LeftOut(account, view), cancellationToken);
        return new CampaignOutcome<CampaignView>.Done(view with { Recipients = recipients, Warnings = warnings }, isNew);
    }

    private List<string> Warnings(CampaignDraft draft, DefaultSender? sender)
    {
        var warnings = new List<string>();
        if (draft.FromEmail is { } from && sender is not null && !string.Equals(Domain(from), Domain(sender.Email), StringComparison.OrdinalIgnoreCase))
        {
            warnings.Add($"The sender's domain {Domain(from)} is not that of the account's default sender ({Domain(sender.Email)}): Klaviyo may refuse it, or mail may land in spam.");
        }

        if (draft.IsWithoutExclusion)
        {
            warnings.Add("Customers in conversation get it too.");
        }

        if (CampaignDraft.IsPastForSome(draft.Time, clock.WallTime()))
        {
            warnings.Add(draft.Time.SendsLate ? "On some recipients' clocks the time has passed: they get it at once." : "On some recipients' clocks the time has passed: they don't get it.");
        }

        return warnings;
    }

    private static string Domain(string email) => email[(email.LastIndexOf('@') + 1)..].TrimEnd('>');

    private static CampaignRequest? Read(ReadOnlyMemory<byte> body, out CampaignProblem problem)
    {
        problem = new CampaignProblem("The body should be a JSON object (docs/campaigns.md).", null);
        try
        {
            return JsonSerializer.Deserialize(body.Span, CampaignRequestJsonContext.Default.CampaignRequest);
        }
        catch (JsonException exception)
        {
            var field = exception.Path?.TrimStart('$').TrimStart('.');
            problem = exception.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? new CampaignProblem("The body has a member that is not known (docs/campaigns.md has them all).", field)
                : string.IsNullOrEmpty(field) ? problem : new CampaignProblem($"{field} has a value of the wrong kind (docs/campaigns.md).", field);
            return null;
        }
    }

    private static CampaignOutcome<CampaignView>.Refused Refused(params IReadOnlyList<CampaignProblem> problems) => new(problems);
}
