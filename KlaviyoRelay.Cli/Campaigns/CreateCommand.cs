using System.CommandLine;
using System.Text.Json;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Campaigns;
using KlaviyoRelay.Core.Campaigns.Drafts;

namespace KlaviyoRelay.Cli.Campaigns;

/// <summary>The verb <c>campaigns create</c>.</summary>
internal sealed class CreateCommand(CliContext context)
{
    private readonly Option<string?> _account = CampaignVerb.Account();
    private readonly Option<bool> _json = CampaignVerb.Json();
    private readonly Option<string> _name = new("--name") { Description = "The campaign's name in Klaviyo.", Required = true };
    private readonly Option<string[]> _to = new("--to") { Description = "A list or segment that gets it, by name or id; may come several times.", HelpName = "audience", Required = true };
    private readonly Option<string[]> _notTo = new("--not-to") { Description = "A list or segment that doesn't; may come several times.", HelpName = "audience" };
    private readonly Option<string> _at = new("--at") { Description = "When it goes out: 2026-12-01T09:00:00Z.", HelpName = "time", Required = true };
    private readonly Option<bool> _local = new("--recipient-time") { Description = "--at is the time on each recipient's clock: 2026-12-01T09:00:00." };
    private readonly Option<bool> _late = new("--send-late") { Description = "With --recipient-time: send at once where the time has passed." };
    private readonly Option<string> _subject = new("--subject") { Description = "What recipients read first.", Required = true };
    private readonly Option<string?> _preview = new("--preview") { Description = "What they read beside it." };
    private readonly Option<string?> _from = new("--from") { Description = "The sender's address; the account's default sender without it.", HelpName = "email" };
    private readonly Option<string?> _fromName = new("--from-name") { Description = "The sender's name." };
    private readonly Option<string?> _replyTo = new("--reply-to") { Description = "Where answers go.", HelpName = "email" };
    private readonly Option<string?> _template = new("--template") { Description = "The id of the template with the content.", HelpName = "id" };
    private readonly Option<FileInfo?> _html = new("--html") { Description = "A file with content of your own.", HelpName = "path" };
    private readonly Option<FileInfo?> _text = new("--text") { Description = "A file with the same as plain text.", HelpName = "path" };
    private readonly Option<bool> _always = new("--no-smart-sending") { Description = "Send also to those who got an email a short time ago." };
    private readonly Option<bool> _without = new("--without-exclusion") { Description = "Send also to customers in conversation." };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Tells this campaign from others that are alike; the same options make one campaign without it.", HelpName = "key" };

    public Command Create()
    {
        var command = new DocumentedCommand(
            "create",
            "Make a campaign as a draft. Customers in conversation are left out. A repeat makes nothing twice.",
            CommandHelp.OnCampaigns(
                ("scripts/relay campaigns create --name Sale --to Newsletter --at 2026-12-01T09:00:00Z --subject Sale --template AbC123", "From a template."),
                ("scripts/relay campaigns create --name Sale --to VIP --not-to Staff --at 2026-12-01T09:00:00 --recipient-time --subject Sale --html sale.html", "Content of your own, at nine o'clock everywhere.")))
        {
            _account, _name, _to, _notTo, _at, _local, _late, _subject, _preview, _from, _fromName, _replyTo, _template, _html, _text, _always, _without, _key, _json,
        };
        command.Validators.Add(result =>
        {
            foreach (var file in new[] { result.GetValue(_html), result.GetValue(_text) })
            {
                if (file is { Exists: false })
                {
                    result.AddError($"There is no file '{file}'.");
                }
            }
        });
        command.SetAction((parsed, cancellationToken) => CampaignVerb.RunAsync(context, parsed.GetValue(_account), async hand =>
        {
            var request = await RequestAsync(parsed, cancellationToken);
            var outcome = await hand.Get<CampaignMaker>().MakeAsync(
                hand.Account, JsonSerializer.SerializeToUtf8Bytes(request, CampaignRequestJsonContext.Default.CampaignRequest), parsed.GetValue(_key), hand.Budget, cancellationToken);
            return await hand.ShowAsync(outcome, parsed.GetValue(_json), CliJson.Readable.CampaignView, new CampaignTables(context.Console).Write);
        }));
        return command;
    }

    private async Task<CampaignRequest> RequestAsync(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Name = parsed.GetValue(_name),
        Audiences = new RequestedAudiences { Included = parsed.GetValue(_to), Excluded = parsed.GetValue(_notTo) },
        SendAt = parsed.GetValue(_at),
        InRecipientTimezone = parsed.GetValue(_local),
        SendPastRecipientsImmediately = parsed.GetValue(_late) ? true : null,
        SmartSending = !parsed.GetValue(_always),
        Subject = parsed.GetValue(_subject),
        Preview = parsed.GetValue(_preview),
        From = parsed.GetValue(_from) is null && parsed.GetValue(_fromName) is null ? null : new RequestedSender { Email = parsed.GetValue(_from), Name = parsed.GetValue(_fromName) },
        ReplyTo = parsed.GetValue(_replyTo),
        TemplateId = parsed.GetValue(_template),
        Html = parsed.GetValue(_html) is { } html ? await File.ReadAllTextAsync(html.FullName, cancellationToken) : null,
        Text = parsed.GetValue(_text) is { } text ? await File.ReadAllTextAsync(text.FullName, cancellationToken) : null,
        WithoutExclusion = parsed.GetValue(_without),
    };
}
