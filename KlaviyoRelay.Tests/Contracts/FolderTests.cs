using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using KlaviyoRelay.Core;
using KlaviyoRelay.Faults.Processes;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>Each folder of Core uses only those above it. Only the composition root knows a helpdesk.</summary>
public sealed class FolderTests
{
    private const string Root = "KlaviyoRelay.Core";
    private const string Helpdesks = "Helpdesks";

    // From the top down.
    private static readonly string[] Order =
        ["Clocks", "Texts", "Settings", "Telemetry", "Secrets", "Http", "Klaviyo", "Work", Helpdesks, "Conversations", "Records", "Insights", "Audit", "Campaigns", "Checks"];

    // What the relay does for a shop. They don't know each other.
    private static readonly string[] Capabilities = ["Conversations", "Records", "Insights", "Audit", "Campaigns"];

    private static readonly Architecture Core = new ArchLoader().LoadAssemblies(typeof(RelayOptions).Assembly).Build();

    private static readonly string[] Namespaces =
        [.. typeof(RelayOptions).Assembly.GetTypes().Select(type => type.Namespace ?? "").Where(name => name.StartsWith($"{Root}.", StringComparison.Ordinal)).Distinct()];

    public static TheoryData<string> Folders => [.. Namespaces.Select(name => name.Split('.')[2]).Distinct()];

    public static TheoryData<string> KnownHelpdesks => [.. CodeSettings.Helpdesks.Select(helpdesk => helpdesk.Title)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_uses_only_those_above_it(string folder)
    {
        Order.ShouldContain(folder);
        var others = Capabilities.Contains(folder) ? Capabilities : [];
        var forbidden = Order.SkipWhile(name => name != folder).Concat(others).Where(name => name != folder).Select(In).Prepend($"^{Root}$");

        Types().That().ResideInNamespaceMatching(In(folder))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(string.Join('|', forbidden)))
            .Check(Core);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_imports_only_those_above_it(string folder)
    {
        // A constant leaves no trace in the assembly.
        var others = Capabilities.Contains(folder) ? Capabilities : [];
        var allowed = Order.TakeWhile(name => name != folder).Except(others).Append(folder);

        SourcesOf(folder).SelectMany(file => File.ReadLines(file).Where(line => line.StartsWith($"using {Root}", StringComparison.Ordinal)))
            .Select(line => line.TrimEnd(';').Split('.').ElementAtOrDefault(2) ?? "the composition root")
            .Distinct().Except(allowed).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(KnownHelpdesks))]
    public void Helpdesk_is_known_to_the_composition_root_alone(string helpdesk)
    {
        var own = $@"^{Root}\.{Helpdesks}\.{helpdesk}(\.|$)";

        Types().That().DoNotResideInNamespaceMatching(own).And().DoNotResideInNamespaceMatching($"^{Root}$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(own))
            .Check(Core);
    }

    private static string In(string folder) => $@"^{Root}\.{folder}(\.|$)";

    private static IEnumerable<string> SourcesOf(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf($"{Root}/{folder}"), "*.cs", SearchOption.AllDirectories);
}
