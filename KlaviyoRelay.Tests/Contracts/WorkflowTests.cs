using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>.github/workflows: what runs in the repository's name.</summary>
public sealed partial class WorkflowTests
{
    private const string Ci = ".github/workflows/ci.yml";
    private const string Azd = ".github/workflows/azure-dev.yml";

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Repository.PathOf(".github/workflows")).Select(file => $".github/workflows/{Path.GetFileName(file)}")];

    // A tag can be moved to other code, a commit can't.
    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_by_commit_with_their_version_beside_it(string workflow)
    {
        var actions = Uses().Matches(Repository.Read(workflow)).Select(match => match.Groups["action"].Value).ToList();

        actions.ShouldNotBeEmpty();
        actions.ShouldAllBe(action => Pinned().IsMatch(action));
    }

    // A job has no right but those that it names.
    [Theory]
    [InlineData(Ci, "attestations", "id-token", "id-token")]
    [InlineData(Azd, "id-token")]
    public void Jobs_may_sign_what_was_built_and_sign_in_to_azure_and_change_nothing_in_the_repository(string workflow, params string[] rights)
    {
        Repository.Read(workflow).ShouldContain("\npermissions: {}\n");
        Write().Matches(Repository.Read(workflow)).Select(match => match.Groups["right"].Value).ShouldBe(rights, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Deployment_gets_every_value_that_the_parameters_ask_for(string workflow)
    {
        var asked = Variable().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups["name"].Value).Distinct();

        // azd finds out by itself who deploys. A deleted vault is brought back by hand.
        asked.Except(["AZURE_PRINCIPAL_ID", "VAULT_CREATE_MODE"]).Where(name => !Repository.Read(workflow).Contains($"      {name}: ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Run_that_has_to_test_the_pages_fails_without_a_browser()
    {
        Repository.Read(Ci).ShouldContain("RELAY_BROWSER: required");
        Repository.Read(".ci/run").ShouldContain("export RELAY_BROWSER=required");
    }

    // github.com/Azure-Samples/azd-template-artifacts asks for them.
    [Fact]
    public void Issues_have_templates_for_bugs_features_and_helpdesks()
    {
        var templates = Directory.GetFiles(Repository.PathOf(".github/ISSUE_TEMPLATE")).Select(file => Path.GetFileName(file));

        templates.ShouldBe(["bug.yml", "config.yml", "feature.yml", "helpdesk.yml"], ignoreOrder: true);
    }

    [GeneratedRegex(@"uses: (?<action>.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"(?<right>[\w-]+): write\b")]
    private static partial Regex Write();

    [GeneratedRegex(@"\$\{(?<name>\w+)")]
    private static partial Regex Variable();
}
