using System.Text.RegularExpressions;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>Who may do what on Azure: all of it in access.bicep, and nothing that the code has no need of.</summary>
public sealed partial class AccessTests
{
    // Ids: learn.microsoft.com/azure/role-based-access-control/built-in-roles. The need is the code's.
    private static readonly Dictionary<string, (string Id, string Need)> Roles = new()
    {
        ["Storage Blob Data Owner"] = ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "the host's locks and the package; BlobRecoveryMarkStore"),
        ["Storage Table Data Contributor"] = ("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "TableConversationStore"),
        ["Azure Service Bus Data Receiver"] = ("4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0", "the Service Bus triggers"),
        ["Azure Service Bus Data Sender"] = ("69a216fc-b8fb-44d8-bc22-1f3c2cd27a39", "ServiceBusQueue"),
        ["Key Vault Secrets User"] = ("4633458b-17de-408a-b874-0445c86b69e6", "KeyVaultSecretStore"),
        ["Key Vault Secrets Officer"] = ("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "whoever deploys, to put the secrets in"),
        ["Monitoring Metrics Publisher"] = ("3913510d-42f4-4e42-8a64-420c390055eb", "the host's telemetry, without a key"),
    };

    private static readonly string Access = Bicep.Read("access.bicep");

    [Fact]
    public void Roles_are_those_that_the_code_needs() =>
        Bicep.VariableOf("access.bicep", "roles").ShouldBe(Roles.ToDictionary(role => role.Key, role => role.Value.Id), ignoreOrder: true);

    [Fact]
    public void Every_role_is_given_to_somebody() =>
        RoleOfAssignment().Matches(Access).Select(match => match.Groups["role"].Value).ShouldBe(Roles.Keys, ignoreOrder: true);

    // Without the type, an identity that was made a moment ago may not be found.
    [Fact]
    public void Every_assignment_says_what_its_principal_is() =>
        Regex.Count(Access, "^ +principalType: ", RegexOptions.Multiline).ShouldBe(Regex.Count(Access, "^resource .*roleAssignments@", RegexOptions.Multiline));

    [Fact]
    public void Every_assignment_is_for_one_resource_and_none_for_a_group_of_them() =>
        Regex.Count(Access, "^ +scope: ", RegexOptions.Multiline).ShouldBe(Roles.Count);

    [Fact]
    public void Roles_are_given_nowhere_else() =>
        Bicep.Files.Where(file => Bicep.Read(file).Contains("roleAssignments", StringComparison.Ordinal)).ShouldBe(["access.bicep"]);

    // A pipeline stores no secret.
    [Fact]
    public void Only_a_person_who_deploys_may_write_secrets() =>
        Access.ShouldContain("resource deployerSetsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId) && deployerPrincipalType != 'ServicePrincipal') {\n");

    [Theory]
    [InlineData("storage.bicep", "allowSharedKeyAccess: false")]
    [InlineData("service-bus.bicep", "disableLocalAuth: true")]
    [InlineData("monitoring.bicep", "DisableLocalAuth: true")]
    [InlineData("key-vault.bicep", "enableRbacAuthorization: true")]
    [InlineData("key-vault.bicep", "enablePurgeProtection: true")]
    [InlineData("key-vault.bicep", "enableSoftDelete: true")]
    public void Nobody_gets_in_with_a_key(string file, string property) => Bicep.Read(file).ShouldContain($"{property}\n");

    [GeneratedRegex(@"roleDefinitionId: .*roles\['(?<role>[^']+)'\]")]
    private static partial Regex RoleOfAssignment();
}
