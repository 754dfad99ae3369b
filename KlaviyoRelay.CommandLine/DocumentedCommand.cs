using System.CommandLine;

namespace KlaviyoRelay.CommandLine;

/// <summary>A command whose help says more than what its options are.</summary>
internal sealed class DocumentedCommand(string name, string description, params HelpSection[] sections) : Command(name, description)
{
    public IReadOnlyList<HelpSection> Sections { get; } = sections;
}
