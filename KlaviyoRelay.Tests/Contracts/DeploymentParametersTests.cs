using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>infra/main.parameters.json, the example that `azd up` deploys.</summary>
public sealed partial class DeploymentParametersTests
{
    // As azd does: ${NAME} is a value of its environment, ${NAME=default} may be absent there.
    private static readonly string Substituted = Variable().Replace(
        Repository.Read("infra/main.parameters.json"),
        match => match.Groups["default"] is { Success: true } otherwise ? otherwise.Value : "acme");

    private static readonly JsonElement Parameters = JsonDocument.Parse(Substituted).RootElement.GetProperty("parameters");

    [Fact]
    public void Parameters_are_those_of_main_bicep()
    {
        var declared = Declaration().Matches(Bicep.Read("main.bicep")).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["default"].Success);
        var given = Parameters.EnumerateObject().Select(parameter => parameter.Name).ToList();

        given.ShouldBeSubsetOf(declared.Keys);
        declared.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).ShouldBeSubsetOf(given);
    }

    [Fact]
    public void Settings_of_the_example_are_those_of_the_bicep_types()
    {
        foreach (var (parameter, type) in new[] { ("accounts", "accountSettings"), ("connections", "connectionSettings") })
        {
            var members = Bicep.MembersOf(type).Keys;
            ValueOf(parameter).EnumerateObject().SelectMany(entry => entry.Value.EnumerateObject()).Select(setting => setting.Name).ShouldBeSubsetOf(members);
        }

        ValueOf("settings").EnumerateObject().Select(setting => setting.Name).ShouldBeSubsetOf(Bicep.MembersOf("relaySettings").Keys);
    }

    [Fact]
    public void Relay_starts_with_the_example()
    {
        var settings = Named("Relay__Accounts__", "accounts").Concat(Named("Relay__Connections__", "connections"))
            .Append(KeyValuePair.Create("KeyVault__Uri", (string?)"https://kv.vault.azure.net/"));

        SettingsCheck.Errors(TestSettings.Of(settings)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Relay__Accounts__${account.key}__${setting.key}")]
    [InlineData("Relay__Connections__${connection.key}__${setting.key}")]
    public void Bicep_names_settings_as_this_test_does(string name) => Bicep.LiteralsOf("function-app.bicep").ShouldContain(name);

    private static IEnumerable<KeyValuePair<string, string?>> Named(string prefix, string parameter) =>
        from entry in ValueOf(parameter).EnumerateObject()
        from setting in entry.Value.EnumerateObject()
        select KeyValuePair.Create($"{prefix}{entry.Name}__{setting.Name}", Convert.ToString(setting.Value, CultureInfo.InvariantCulture));

    private static JsonElement ValueOf(string parameter) => Parameters.GetProperty(parameter).GetProperty("value");

    [GeneratedRegex(@"\$\{(?<name>\w+)(?:=(?<default>[^}]*))?\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^param (?<name>\w+) \w+(?<default> =)?", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
