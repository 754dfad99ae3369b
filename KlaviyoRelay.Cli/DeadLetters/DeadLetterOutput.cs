using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.CommandLine;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>Writes what came of a verb: the result to the output, what is wrong beside it.</summary>
internal sealed class DeadLetterOutput(CliContext context, string verb, bool isJson, bool showEmails)
{
    /// <summary>The exit code.</summary>
    public int Write(DeadLetterReport report, Action<DeadLetterOutput, DeadLetterReport> print)
    {
        // What was done before it failed is told as well.
        if (report.Error is null || report.Letters.Count > 0)
        {
            if (isJson)
            {
                context.Output.WriteLine(DeadLetterJson.Write(verb, report, showEmails));
            }
            else
            {
                print(this, report);
            }
        }

        if (report.Unreadable > 0 && !isJson)
        {
            context.Error.WriteLine($"Besides, there are messages that can't be read as letters of this version: {report.Unreadable}.");
        }

        if (report.Error is not null)
        {
            context.Error.WriteLine(report.Error);
        }

        return report.Error is null ? ExitCode.Done : ExitCode.Failed;
    }

    public void List(DeadLetterReport report)
    {
        if (report.Letters.Count == 0)
        {
            Line("No letters.");
            return;
        }

        if (report.Letters.OfType<FoundLetter>().ToList() is { Count: > 0 } letters)
        {
            Table().WriteList(letters);
        }

        if (report.Letters.OfType<PutAwayMessage>().ToList() is { Count: > 0 } putAway)
        {
            PutAway().WriteList(putAway);
        }

        Line(DeadLetterText.Count(report.Letters) + (report.HasMore ? ", the oldest; there are more: see --max." : "."));
    }

    public void Show(DeadLetterReport report)
    {
        foreach (var (index, found) in report.Letters.Index())
        {
            if (index > 0)
            {
                Line("");
            }

            if (found is PutAwayMessage putAway)
            {
                PutAway().WriteDetails(putAway);
            }
            else if (found is FoundLetter letter)
            {
                Table().WriteDetails(letter);
            }
        }
    }

    public void Say(string done, DeadLetterReport report) =>
        Line($"{done}: {DeadLetterText.Count(report.Letters)}{(report.HasMore ? "; there are more." : ".")}");

    private void Line(string text) => context.Output.WriteLine(text);

    private PutAwayTable PutAway() => new(context.Console, showEmails);

    private DeadLetterTable Table() => new(context.Console, context.Clock.GetUtcNow(), showEmails);
}
