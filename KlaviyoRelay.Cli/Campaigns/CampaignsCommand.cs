using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Figures;

namespace KlaviyoRelay.Cli.Campaigns;

/// <summary>The verbs of <c>campaigns</c>: audiences, create, list, show, schedule, cancel, revert, performance.</summary>
internal sealed class CampaignsCommand(CliContext context)
{
    public Command Create() => new DocumentedCommand(
        "campaigns",
        "Email campaigns in Klaviyo: make, schedule and cancel them, and see how they did.",
        CommandHelp.OnCampaigns(
            ("scripts/relay campaigns audiences --search vip", "The lists and segments with this in their name."),
            ("scripts/relay campaigns create --name Sale --to Newsletter --at 2026-12-01T09:00:00Z --subject Sale --template AbC123", "A draft; who is in conversation is left out."),
            ("scripts/relay campaigns schedule 01JZ...", "Have it sent at its time."),
            ("scripts/relay campaigns cancel 01JZ...", "Cancel it for good."),
            ("scripts/relay campaigns performance --timeframe last_7_days", "How campaigns did.")))
    {
        List(),
        Show(),
        new CreateCommand(context).Create(),
        Bring("schedule", "Schedule a campaign. A repeat schedules nothing twice.", SendingGoal.Scheduled),
        Bring("cancel", "Cancel a campaign for good.", SendingGoal.Cancelled),
        Bring("revert", "Make a scheduled campaign a draft again.", SendingGoal.Draft),
        Audiences(),
        Performance(),
    };

    private DocumentedCommand List()
    {
        var (account, json) = (CampaignVerb.Account(), CampaignVerb.Json());
        var status = new Option<string?>("--status") { Description = "Only those that are draft, scheduled, sending, sent or cancelled.", HelpName = "status" };
        var command = new DocumentedCommand("list", "List the newest campaigns.", CommandHelp.OnCampaigns(("scripts/relay campaigns list --status scheduled", "What still goes out."))) { account, status, json };
        command.SetAction((parsed, cancellationToken) => CampaignVerb.RunAsync(context, parsed.GetValue(account), async hand => await hand.ShowAsync(
            await hand.Get<CampaignSwitch>().ListAsync(hand.Account, parsed.GetValue(status), hand.Budget, cancellationToken), parsed.GetValue(json), CliJson.Readable.CampaignList, new CampaignTables(context.Console).Write)));
        return command;
    }

    private DocumentedCommand Show()
    {
        var (account, id, json) = (CampaignVerb.Account(), CampaignVerb.Id(), CampaignVerb.Json());
        var command = new DocumentedCommand("show", "Show a campaign, and how many would get it.", CommandHelp.OnCampaigns(("scripts/relay campaigns show 01JZ...", "One campaign."))) { id, account, json };
        command.SetAction((parsed, cancellationToken) => CampaignVerb.RunAsync(context, parsed.GetValue(account), async hand => await hand.ShowAsync(
            await hand.Get<CampaignSwitch>().FindAsync(hand.Account, parsed.GetRequiredValue(id), isEstimated: true, hand.Budget, cancellationToken), parsed.GetValue(json), CliJson.Readable.CampaignView, new CampaignTables(context.Console).Write)));
        return command;
    }

    private DocumentedCommand Bring(string name, string does, SendingGoal goal)
    {
        var (account, id, json) = (CampaignVerb.Account(), CampaignVerb.Id(), CampaignVerb.Json());
        var command = new DocumentedCommand(name, does, CommandHelp.OnCampaigns(($"scripts/relay campaigns {name} 01JZ...", "By its id."))) { id, account, json };
        command.SetAction((parsed, cancellationToken) => CampaignVerb.RunAsync(context, parsed.GetValue(account), async hand => await hand.ShowAsync(
            await hand.Get<CampaignSwitch>().BringAsync(hand.Account, parsed.GetRequiredValue(id), goal, hand.Budget, cancellationToken), parsed.GetValue(json), CliJson.Readable.CampaignView, new CampaignTables(context.Console).Write)));
        return command;
    }

    private DocumentedCommand Audiences()
    {
        var (account, json) = (CampaignVerb.Account(), CampaignVerb.Json());
        var search = new Option<string?>("--search") { Description = "Only those with this in their name, whatever the case.", HelpName = "text" };
        var command = new DocumentedCommand("audiences", "List the lists and segments that a campaign can go to.", CommandHelp.OnCampaigns(("scripts/relay campaigns audiences --json | jq '.audiences[].name'", "For a program."))) { account, search, json };
        command.SetAction((parsed, cancellationToken) => CampaignVerb.RunAsync(context, parsed.GetValue(account), async hand =>
        {
            var all = await hand.Get<Core.Campaigns.Audiences>().AllAsync(hand.Account, isFresh: true, hand.Budget, cancellationToken);
            CampaignOutcome<AudienceList> outcome = all.IsSuccess
                ? new CampaignOutcome<AudienceList>.Done(Core.Campaigns.Audiences.Search(all.Value, parsed.GetValue(search)))
                : new CampaignOutcome<AudienceList>.Failed(all.Failure);
            return await hand.ShowAsync(outcome, parsed.GetValue(json), CliJson.Readable.AudienceList, new CampaignTables(context.Console).Write);
        }));
        return command;
    }

    private DocumentedCommand Performance()
    {
        var (account, json) = (CampaignVerb.Account(), CampaignVerb.Json());
        var timeframe = new Option<string?>("--timeframe") { Description = $"The time, {PerformanceRequest.Default} without it; or one of {string.Join(", ", PerformanceRequest.Timeframes)}.", HelpName = "time" };
        var csv = new Option<bool>("--csv") { Description = "Write the figures as CSV." };
        var command = new DocumentedCommand("performance", "Show how campaigns did. Klaviyo allows two reports a minute, so the figures are up to ten minutes old.", CommandHelp.OnCampaigns(
            ("scripts/relay campaigns performance --csv > campaigns.csv", "As a sheet."))) { account, timeframe, json, csv };
        command.SetAction((parsed, cancellationToken) => CampaignVerb.RunAsync(context, parsed.GetValue(account), async hand => await hand.ShowAsync(
            await hand.Get<PerformanceReports>().ReadAsync(hand.Account, parsed.GetValue(timeframe), hand.Budget, cancellationToken),
            parsed.GetValue(json),
            CliJson.Readable.CampaignPerformance,
            figures =>
            {
                if (parsed.GetValue(csv))
                {
                    context.Output.Write(figures.Csv());
                }
                else
                {
                    new CampaignTables(context.Console).Write(figures);
                }
            })));
        return command;
    }
}
