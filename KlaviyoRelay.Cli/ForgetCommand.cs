using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Cli;

/// <summary>The verb <c>forget</c>: erases what the relay keeps of a person.</summary>
internal sealed class ForgetCommand(CliContext context)
{
    public Command Create()
    {
        var email = new Argument<string>("email") { Description = "The person's email, or the phone number of a person without one." };
        var command = new DocumentedCommand("forget", "Erase what the relay keeps of a person: the rows of the record of conversations, and the rows of runs that have ended.", CommandHelp.OnStorage(("scripts/relay forget ann@example.com", "Erase this person, of every connection and sync."))) { email };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(email), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string email, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        try
        {
            var count = await services.GetRequiredService<CustomerEraser>().ForgetAsync(email, cancellationToken);
            var runs = await services.GetRequiredService<PersonEraser>().ForgetAsync(email, cancellationToken);
            await context.Output.WriteLineAsync($"Erased {count} row(s) of the record of conversations, and the rows of {runs.Runs} run(s).");
            if (runs.OpenRuns == 0)
            {
                return ExitCode.Done;
            }

            await context.Error.WriteLineAsync($"{runs.OpenRuns} run(s) that name the person have not ended. Run the command again when they have.");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (exception is ConversationStoreException or RecordStoreException)
        {
            await context.Error.WriteLineAsync($"Not everything was erased. {exception.Message}");
            return ExitCode.Failed;
        }
    }
}
