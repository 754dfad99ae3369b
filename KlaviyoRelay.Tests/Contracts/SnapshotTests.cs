using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What infra/ makes, as the Bicep compiler wrote it down: infra/example.snapshot.json.</summary>
public sealed class SnapshotTests
{
    private static readonly JsonElement Snapshot = JsonDocument.Parse(Repository.Read("infra/example.snapshot.json")).RootElement;

    private static readonly IReadOnlyList<JsonElement> Resources = [.. Snapshot.GetProperty("predictedResources").EnumerateArray()];

    [Theory]
    [InlineData("Microsoft.KeyVault/vaults")]
    [InlineData("Microsoft.ServiceBus/namespaces")]
    [InlineData("Microsoft.Storage/storageAccounts/blobServices")]
    [InlineData("Microsoft.Storage/storageAccounts/queueServices")]
    [InlineData("Microsoft.Storage/storageAccounts/tableServices")]
    public void What_holds_data_logs_to_the_workspace(string type)
    {
        var settings = Of("Microsoft.Insights/diagnosticSettings").Single(setting => Text(setting, "id").StartsWith($"{Text(The(type), "id")}/providers/Microsoft.Insights/", StringComparison.Ordinal));

        Text(Properties(settings), "workspaceId").ShouldBe(Text(The("Microsoft.OperationalInsights/workspaces"), "id"));
        Properties(settings).GetProperty("logs").EnumerateArray().ShouldContain(log => log.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public void Blobs_that_are_deleted_can_be_had_back()
    {
        var blobs = Properties(The("Microsoft.Storage/storageAccounts/blobServices"));

        foreach (var policy in new[] { "deleteRetentionPolicy", "containerDeleteRetentionPolicy" })
        {
            blobs.GetProperty(policy).GetProperty("enabled").GetBoolean().ShouldBeTrue();
            blobs.GetProperty(policy).GetProperty("days").GetInt32().ShouldBeGreaterThanOrEqualTo(7);
        }
    }

    [Fact]
    public void Storage_is_replicated_to_no_other_tenant() =>
        Properties(The("Microsoft.Storage/storageAccounts")).GetProperty("allowCrossTenantReplication").GetBoolean().ShouldBeFalse();

    [Fact]
    public void Headers_for_telemetry_are_a_reference_to_the_secret_that_is_named()
    {
        var headers = Text(AppSettings, "OTEL_EXPORTER_OTLP_HEADERS");

        headers.ShouldContain("@Microsoft.KeyVault(SecretUri={0}secrets/{1})");
        headers.ShouldEndWith(".vaultUri, 'otlp-headers')]");
        AppSettings.TryGetProperty("OtlpHeadersSecret", out _).ShouldBeFalse();
        Text(Snapshot.GetProperty("outputs"), "RELAY_SECRETS").Split(' ').ShouldContain("otlp-headers");
    }

    [Fact]
    public void App_gets_no_setting_that_nobody_reads() =>
        AppSettings.EnumerateObject().Select(setting => setting.Name)
            .Where(name => !CodeSettings.OfRelay.Any(setting => setting.Is(name)))
            .Except(SettingsContractTests.OfFunctionsHost)
            .Except(SettingsContractTests.OfExporter)
            .ShouldBeEmpty();

    [Fact]
    public void Instances_have_512_MB_unless_a_parameter_says_otherwise() =>
        Properties(The("Microsoft.Web/sites")).GetProperty("functionAppConfig").GetProperty("scaleAndConcurrency").GetProperty("instanceMemoryMB").GetInt32().ShouldBe(512);

    private static JsonElement AppSettings => Properties(Of("Microsoft.Web/sites/config").Single(config => Text(config, "name").EndsWith("/appsettings", StringComparison.Ordinal)));

    private static JsonElement The(string type) => Of(type).ShouldHaveSingleItem();

    private static IEnumerable<JsonElement> Of(string type) => Resources.Where(resource => Text(resource, "type") == type);

    private static JsonElement Properties(JsonElement resource) => resource.GetProperty("properties");

    private static string Text(JsonElement owner, string property) => owner.GetProperty(property).GetString().ShouldNotBeNull();
}
