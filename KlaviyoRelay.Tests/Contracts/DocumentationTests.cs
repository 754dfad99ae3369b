using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Core.Helpdesks.Gladly;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What the documents say is there is there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Guides = ["README.md", "docs/audit.md", "docs/capacity.md", "docs/connecting.md", "docs/dashboard.md", "docs/deploy.md", "docs/klaviyo.md", "docs/operations.md"];

    private static readonly string[] WhatTheCheckSays = ["Checks", "Helpdesks", "Secrets"];
    private static readonly string[] WhatVaries = ["…", "••••", "{host}"];

    public static TheoryData<string> GuidesForOperators => [.. Guides];

    [Fact]
    public void Every_function_is_in_the_architecture()
    {
        var architecture = Repository.Read("ARCHITECTURE.md");

        FunctionMethods.All.Select(method => FunctionMethods.ClassOf(method).Name).ShouldAllBe(name => architecture.Contains($"| `{name}` |", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(GuidesForOperators))]
    public void Make_targets_exist(string guide)
    {
        var targets = Target().Matches(Repository.Read("Makefile")).Select(match => match.Groups["name"].Value);

        Make().Matches(Repository.Read(guide)).Select(match => match.Groups["name"].Value).ShouldBeSubsetOf(targets);
    }

    // What stands in code, such as `scripts/publish`, or behind a link. local.settings.json is the reader's own.
    [Theory]
    [MemberData(nameof(GuidesForOperators))]
    public void Files_and_scripts_exist(string guide)
    {
        var text = Repository.Read(guide);
        var folder = Path.GetDirectoryName(guide) ?? "";
        var linked = Link().Matches(text).Select(match => Path.Combine(folder, match.Groups["path"].Value));
        var named = PathInCode().Matches(text).Select(match => match.Groups["path"].Value);

        var files = linked.Concat(named).Except(["local.settings.json"]).ToList();

        files.ShouldNotBeEmpty();
        files.Where(file => !Path.Exists(Repository.PathOf(file))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(GuidesForOperators))]
    public void Sections_that_are_linked_exist(string guide)
    {
        foreach (Match link in Section().Matches(Repository.Read(guide)))
        {
            var path = link.Groups["path"].Value;
            var target = path.Length == 0 ? guide : Path.Combine(Path.GetDirectoryName(guide) ?? "", path);
            var anchors = Heading().Matches(Repository.Read(target)).Select(match => AnchorOf(match.Groups["text"].Value));

            anchors.ShouldContain(link.Groups["anchor"].Value, $"{guide}: {link.Value}");
        }
    }

    [Fact]
    public void Scripts_can_be_run()
    {
        foreach (var script in Directory.EnumerateFiles(Repository.PathOf("scripts")).Where(file => File.ReadLines(file).First().StartsWith("#!", StringComparison.Ordinal)))
        {
            // Windows has no such mark.
            (OperatingSystem.IsWindows() || File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute)).ShouldBeTrue(script);
        }
    }

    [Fact]
    public void Parameters_that_the_guides_name_exist()
    {
        var declared = Parameter().Matches(Bicep.Read("main.bicep")).Select(match => match.Groups["name"].Value).ToList();

        string[] named = ["alwaysReadyHttp", "alwaysReadyRelay", "dailyQuotaGb", "instanceMemoryMB", "maximumInstanceCount", "quietHours", "zoneRedundant"];
        named.ShouldBeSubsetOf(declared);
        var guides = string.Concat(Guides.Select(Repository.Read));
        named.ShouldAllBe(name => guides.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Metrics_and_properties_that_the_guide_to_Klaviyo_names_are_the_code_s()
    {
        var guide = Repository.Read("docs/klaviyo.md");
        var (gladly, kustomer, properties) = (GladlyDefaults.Value, KustomerDefaults.Value, new PropertyNameOptions());

        string?[] names =
        [
            gladly.Opened, gladly.Closed, gladly.Reopened, gladly.ProfileProperty, kustomer.Opened, kustomer.Closed, kustomer.Rated, GenericDefaults.Of("{Name}").Opened,
            properties.ConversationId, properties.ConversationLink, properties.ConversationChannel, properties.Subject, properties.Rating, properties.Score,
        ];
        names.ShouldAllBe(name => guide.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(GuidesForOperators))]
    public void Values_that_are_set_for_a_deployment_are_asked_for_by_it(string guide)
    {
        var parameters = Repository.Read("infra/main.parameters.json");

        EnvironmentSet().Matches(Repository.Read(guide)).Select(match => match.Groups["name"].Value)
            .Where(name => !parameters.Contains($"${{{name}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Lines_of_the_check_that_the_guide_explains_are_the_code_s()
    {
        var table = Repository.Read("docs/connecting.md").Split("Some need more words:")[1].Split("\n\n")[1];
        var words = CheckRow().Matches(table)
            .SelectMany(row => Quoted().Matches(row.Groups["says"].Value))
            .SelectMany(quoted => quoted.Groups["text"].Value.Split(WhatVaries, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(part => part.Length > 2)
            .ToList();
        var code = string.Concat(WhatTheCheckSays.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf($"KlaviyoRelay.Core/{folder}"), "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText));

        words.Count.ShouldBeGreaterThan(15);
        words.Where(part => !code.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty();
        table.ShouldContain(SecretText.IsEmpty);
        table.ShouldContain(SecretText.HasBlankAtAnEnd);
        table.ShouldContain(HeaderVerifier.HasOtherCharacters);
    }

    // As GitHub makes it: punctuation is left out.
    private static string AnchorOf(string heading) => NoPartOfAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NoPartOfAnchor();

    [GeneratedRegex(@"^(?<name>[\w-]+):", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"(?:^|`)\s*make (?<name>[\w-]+)", RegexOptions.Multiline)]
    private static partial Regex Make();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(?:scripts|infra|docs|\.github|KlaviyoRelay\.\w+|Core)/[\w./-]+|[\w.-]+\.(?:json|yaml|sln))`")]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]*)#(?<anchor>[^)]+)\)")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| (?<says>.*`.*?) \| ", RegexOptions.Multiline)]
    private static partial Regex CheckRow();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^param (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"azd env set (?<name>\w+) ")]
    private static partial Regex EnvironmentSet();
}
