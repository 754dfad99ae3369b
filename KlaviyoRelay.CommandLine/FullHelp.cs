using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KlaviyoRelay.CommandLine;

/// <summary>The usual help, and then the sections of the command.</summary>
internal sealed class FullHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    /// <summary>Help is given whatever else is wrong.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>To be added to the root; it is then there for every command.</summary>
    public static HelpOption Option() => new() { Action = new FullHelp() };

    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand command)
        {
            foreach (var section in command.Sections)
            {
                section.Write(parseResult.InvocationConfiguration.Output);
            }
        }

        return code;
    }
}

/// <summary>A command whose help says more than what its options are.</summary>
internal sealed class DocumentedCommand(string name, string description, params HelpSection[] sections) : Command(name, description)
{
    public IReadOnlyList<HelpSection> Sections { get; } = sections;
}
