using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Simulator.Webhooks;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Cli.Events;

/// <summary>The verb <c>trigger</c>: posts a helpdesk's webhook, signed, to a relay.</summary>
internal sealed class TriggerCommand(CliContext context)
{
    private const string SecretVariable = "RELAY_WEBHOOK_SECRET";
    private const string MadeUp = "jane@klaviyo-demo.com";

    private readonly Argument<string?> _sample = new("sample") { Description = "What happened, such as gladly.closed; --list names all.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _list = new("--list") { Description = "List the samples." };
    private readonly Option<Uri> _to = new("--to") { Description = "The relay.", HelpName = "address", DefaultValueFactory = _ => new Uri(RelayApp.DefaultUrl), CustomParser = Address };
    private readonly Option<string?> _connection = new("--connection") { Description = "The connection; without it, the only one of the sample's helpdesk.", HelpName = "name" };
    private readonly Option<string?> _customer = new("--customer") { Description = "The helpdesk's id of the customer. Without it, one that the simulator has.", HelpName = "id" };
    private readonly Option<string?> _conversation = new("--conversation") { Description = "The conversation, to close or reopen the same one. Without it, a new one.", HelpName = "id" };
    private readonly Option<string?> _email = new("--email") { Description = "The customer's email, where the webhook has it. Only a relay on this machine that sends to the simulator needs none.", HelpName = "address" };
    private readonly Option<bool> _secretStdin = new("--secret-stdin") { Description = $"Read the webhook's secret from the first line of the input. Without it, {SecretVariable} or the settings have it." };

    public Command Create()
    {
        var command = new DocumentedCommand(
            "trigger",
            "Post a helpdesk's sample webhook to a relay, signed as the connection asks for it.",
            HelpSection.Examples(
                ("scripts/relay trigger --list", "What there is."),
                ("scripts/relay trigger gladly.created --conversation c-1", "To the relay on this machine."),
                ("scripts/relay trigger gladly.closed --conversation c-1", "The same conversation is closed."),
                ("scripts/relay trigger zendesk.solved --connection acme --email ann@shop.example --to https://app.azurewebsites.net", "To a relay on Azure.")),
            new HelpSection("Settings", ("Relay__Connections__{name}__Webhook__...", "How the webhook is proven."), ("Secrets__{name}", "The secret, as the relay on this machine has it; KeyVault__Uri reads it from Key Vault.")),
            HelpSection.Environment((SecretVariable, "The secret of a relay elsewhere. No argument takes it: others on this machine could read it.")),
            HelpSection.ExitCodes("The relay took it.", "The relay refused it or does not answer; the error output says why."))
        {
            _sample, _list, _to, _connection, _customer, _conversation, _email, _secretStdin,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_sample) is null && !result.GetValue(_list))
            {
                result.AddError("Say which sample, or --list.");
            }
            else if (result.GetValue(_sample) is { } sample && !SampleWebhooks.Names.Contains(sample))
            {
                result.AddError($"'{sample}' is no sample: it should be one of {string.Join(", ", SampleWebhooks.Names)}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_list) || parsed.GetValue(_sample) is not { } sample)
        {
            foreach (var name in SampleWebhooks.Names)
            {
                await context.Output.WriteLineAsync(name);
            }

            return ExitCode.Done;
        }

        try
        {
            await using var services = context.Compose();
            services.GetRequiredService<IStartupValidator>().Validate();
            var (name, options) = new TriggeredConnections(services.GetRequiredService<IOptions<RelayOptions>>(), services.GetRequiredService<IConfiguration>()).Find(sample, parsed.GetValue(_connection));
            var email = parsed.GetValue(_email) ?? (IsMadeUpAllowed(sample, parsed.GetRequiredValue(_to), services) ? MadeUp
                : throw new TriggerException("The webhook would have a made-up email, which would become a profile in Klaviyo: give one of yours with --email."));
            var now = context.Clock.GetUtcNow();
            var number = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var happened = new Happening($"trigger-{number}", parsed.GetValue(_conversation) ?? number, parsed.GetValue(_customer) ?? $"{SampleWebhooks.HelpdeskOf(sample)}-john", now);
            var secret = await SecretAsync(parsed.GetValue(_secretStdin), options.Webhook.Secret, services.GetRequiredService<ISecretStore>(), cancellationToken);
            var body = System.Text.Encoding.UTF8.GetBytes(SampleWebhooks.Write(sample, happened, email));
            var headers = SampleWebhooks.HeadersOf(sample, happened).Concat(WebhookProof.Of(options.Webhook, secret, body, happened.Id, now));
            var answer = await WebhookPost.SendAsync(parsed.GetRequiredValue(_to), name, body, headers, cancellationToken);
            await (answer.IsTaken ? context.Output : context.Error).WriteLineAsync($"{sample}, conversation {happened.Conversation}: {answer.Text}");
            return answer.IsTaken ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception exception) when (exception is TriggerException or SecretUnavailableException)
        {
            await context.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>Where the helpdesk is asked, the webhook has no email. Else no profile of a made-up one may come into a real account.</summary>
    private static bool IsMadeUpAllowed(string sample, Uri to, ServiceProvider services) =>
        SampleWebhooks.IsAskedForCustomers(sample) || (to.IsLoopback && new Uri(services.GetRequiredService<IOptions<KlaviyoOptions>>().Value.BaseAddress).IsLoopback);

    private async Task<string> SecretAsync(bool isOnInput, string name, ISecretStore secrets, CancellationToken cancellationToken)
    {
        if (isOnInput)
        {
            return await context.Input.ReadLineAsync(cancellationToken) is { Length: > 0 } line ? line : throw new TriggerException("There is no secret on the input: --secret-stdin reads its first line.");
        }

        return context.Environment(SecretVariable) is { Length: > 0 } given ? given : await secrets.GetAsync(name, cancellationToken);
    }

    private static Uri? Address(ArgumentResult text)
    {
        if (Uri.TryCreate(text.Tokens[0].Value, UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)))
        {
            return new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
        }

        // A secret must not go through the net in clear.
        text.AddError($"--to is '{text.Tokens[0].Value}': it should be an https:// address, or one of this machine such as {RelayApp.DefaultUrl}.");
        return null;
    }
}
