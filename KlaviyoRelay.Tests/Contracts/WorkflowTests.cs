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

    [Fact]
    public void Nothing_is_allowed_but_what_a_job_asks_for()
    {
        Workflow.ShouldContain("\npermissions: {}\n");
        var jobs = Jobs().Count(Workflow);
        jobs.ShouldBeGreaterThan(1);
        Regex.Count(Workflow, "^    permissions:$", RegexOptions.Multiline).ShouldBe(jobs);
        Regex.Count(Workflow, "^    timeout-minutes: ", RegexOptions.Multiline).ShouldBe(jobs);
        // To sign what was built, and to sign in to Azure; neither changes the repository.
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

    [GeneratedRegex(@"^  \w+:\n    (?:needs|runs-on): ", RegexOptions.Multiline)]
    private static partial Regex Jobs();

    [GeneratedRegex(@"(?<right>[\w-]+): write\b")]
    private static partial Regex Write();

    [GeneratedRegex(@"\$\{(?<name>\w+)")]
    private static partial Regex Variable();
}
