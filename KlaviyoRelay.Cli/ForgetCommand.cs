using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Cli;

/// <summary>The verb <c>forget</c>: erases what the relay keeps of a person.</summary>
internal sealed class ForgetCommand(CliContext context)
{
    public Command Create()
    {
        var email = new Argument<string>("email") { Description = "The person's email, or the phone number of a person without one." };
        var command = new DocumentedCommand("forget", "Erase what the relay keeps of a person: the rows of the record of conversations.", CommandHelp.OnStorage(("scripts/relay forget ann@example.com", "Erase the rows of this person, of every connection."))) { email };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(email), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string email, CancellationToken cancellationToken)
    {
        await using var services = context.Compose();
        try
        {
            var count = await services.GetRequiredService<CustomerEraser>().ForgetAsync(email, cancellationToken);
            await context.Output.WriteLineAsync($"Erased {count} row(s).");
            return ExitCode.Done;
        }
        catch (ConversationStoreException exception)
        {
            await context.Error.WriteLineAsync($"Nothing was erased. {exception.Message}");
            return ExitCode.Failed;
        }
    }
}
