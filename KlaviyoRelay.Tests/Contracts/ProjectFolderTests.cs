using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using KlaviyoRelay.Cli;
using KlaviyoRelay.Dashboard;
using KlaviyoRelay.LocalHost.Azurite;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The folders of the local host, the dashboard and the command line: each uses only those above it.</summary>
public sealed class ProjectFolderTests
{
    // From the top down.
    private static readonly Dictionary<System.Type, string[]> Order = new()
    {
        [typeof(AzuriteStorage)] = ["Settings", "Azurite", "Queues", "Timers", "Functions", "DeadLetters", "Recent"],
        [typeof(DashboardServices)] = ["Act", "Watch"],
        [typeof(RelayApp)] = ["Settings", "ServiceBus", "Audits", "Campaigns", "Accounts", "Checks", "DeadLetters", "Syncs", "Events"],
    };

    public static TheoryData<string, string> Folders => [.. Order.SelectMany(pair => pair.Value.Select(folder => (Project(pair.Key), folder)))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_uses_only_those_above_it(string project, string folder)
    {
        var (type, order) = Order.Single(pair => Project(pair.Key) == project);
        var below = order.SkipWhile(name => name != folder).Skip(1).ToList();
        type.Assembly.GetTypes().Select(one => one.Namespace).ShouldContain($"{project}.{folder}");

        if (below.Count > 0)
        {
            Types().That().ResideInNamespaceMatching($@"^{project}\.{folder}$")
                .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^{project}\.({string.Join('|', below)})$"))
                .Check(new ArchLoader().LoadAssemblies(type.Assembly).Build());
        }
    }

    private static string Project(System.Type type) => type.Assembly.GetName().Name ?? "";
}
