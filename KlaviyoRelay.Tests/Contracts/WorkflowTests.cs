using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>.github/workflows: what runs in the repository's name.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Workflow = Repository.Read(".github/workflows/ci.yml");

    // A tag can be moved to other code, a commit can't.
    [Fact]
    public void Actions_are_pinned_by_commit_with_their_version_beside_it()
    {
        var actions = Uses().Matches(Workflow).Select(match => match.Groups["action"].Value).ToList();

        actions.ShouldNotBeEmpty();
        actions.ShouldAllBe(action => Pinned().IsMatch(action));
    }

    // A job has no right but those that it names.
    [Fact]
    public void Jobs_may_sign_what_was_built_and_sign_in_to_azure_and_change_nothing_in_the_repository()
    {
        Workflow.ShouldContain("\npermissions: {}\n");
        Write().Matches(Workflow).Select(match => match.Groups["right"].Value).ShouldBe(["attestations", "id-token", "id-token"], ignoreOrder: true);
    }

    [Fact]
    public void Deployment_gets_every_value_that_the_parameters_ask_for()
    {
        var asked = Variable().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups["name"].Value).Distinct();

        // azd finds out by itself who deploys. A deleted vault is brought back by hand.
        asked.Except(["AZURE_PRINCIPAL_ID", "VAULT_CREATE_MODE"]).Where(name => !Workflow.Contains($"      {name}: ", StringComparison.Ordinal)).ShouldBeEmpty();
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
