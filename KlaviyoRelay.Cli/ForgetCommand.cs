using System.CommandLine;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.LocalHost;

namespace KlaviyoRelay.Cli;

/// <summary>The verb <c>forget</c>: erases what the relay keeps of a person.</summary>
internal sealed class ForgetCommand(CliContext context)
{
    public Command Create()
    {
        var email = new Argument<string>("email") { Description = "The person's email, or the phone number of a person without one." };
        var command = new DocumentedCommand("forget", "Erase what the relay keeps of a person: the rows of the record of conversations.", CommandHelp.Forget) { email };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(email), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string email, CancellationToken cancellationToken)
    {
        var settings = context.Settings();
        await using var services = new ServiceCollection().AddSingleton(settings).AddLogging().AddKlaviyoRelay(settings).AddLocalHost(settings).BuildServiceProvider();
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
