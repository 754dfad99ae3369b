using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>Code, sample settings, Bicep and docs/settings.md know the same settings.</summary>
public sealed class SettingsContractTests
{
    private const string Account = "Relay__Accounts__*";
    private const string Connection = "Relay__Connections__*";
    private const string Brands = "Brands";

    // docs/records.md has an example of each kind of sync; the sample sets none.
    private const string Sync = "Relay__Syncs__*";

    // Bicep's for the setting that it makes of the secret's name.
    private const string OtlpHeadersSecret = "OtlpHeadersSecret";

    // A setting of the code that the sample leaves out, and why.
    private static readonly Dictionary<string, string> NotInSample = new()
    {
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "locally nothing is reported",
        ["AZURE_CLIENT_ID"] = "a developer signs in as himself",
        ["AzureWebJobsStorage__accountName"] = "locally AzureWebJobsStorage is a connection string",
        ["AzureWebJobsStorage__blobServiceUri"] = "locally AzureWebJobsStorage is a connection string",
        ["AzureWebJobsStorage__tableServiceUri"] = "locally AzureWebJobsStorage is a connection string",
        ["KeyVault__Uri"] = "with it, the sample's secrets would be asked of a vault",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "it switches the export on",
        ["OTEL_SERVICE_NAME"] = "it has no meaning without the export",
        ["Relay__Connections__*__Kustomer__CustomerFields"] = "it switches the profiles of customers on",
        ["Relay__Connections__*__Kustomer__CustomerNulls"] = "for profiles of customers only",
        ["Relay__Connections__*__Kustomer__CustomerPhoneRegion"] = "for profiles of customers only",
        ["Relay__Connections__*__Kustomer__CustomerProperties"] = "for profiles of customers only",
        ["Relay__Connections__*__Webhook__Signature__Algorithm"] = "for kind hmac-custom only",
        ["Relay__Connections__*__Webhook__Signature__Encoding"] = "for kind hmac-custom only",
        ["Relay__Connections__*__Webhook__Signature__Prefix"] = "for kind hmac-custom only",
        ["Relay__Connections__*__Webhook__Signature__SignedText"] = "for kind hmac-custom only",
        ["Relay__Connections__*__Webhook__Signature__TimeHeader"] = "for kind hmac-custom only",
        ["Relay__Connections__*__Webhook__Signature__Tolerance"] = "for kind hmac-custom only",
        ["Relay__Accounts__*__CampaignsKeySecret"] = "the sample has one key",
        ["Relay__Campaigns__Doubt"] = "its default fits Klaviyo and the simulator",
        ["Relay__Insights__Instances"] = "locally there is one instance",
        ["Relay__Insights__Links__Campaign"] = "Klaviyo's pages are where they are",
        ["Relay__Insights__Links__Flow"] = "Klaviyo's pages are where they are",
        ["Relay__Insights__Links__List"] = "Klaviyo's pages are where they are",
        ["Relay__Insights__Links__Profile"] = "Klaviyo's pages are where they are",
        ["Relay__Insights__Links__Segment"] = "Klaviyo's pages are where they are",
        ["Relay__Records__StuckAfter"] = "for syncs only, of which the sample has none",
        ["ServiceBusConnection__fullyQualifiedNamespace"] = "locally the queues are Azurite's",
    };

    // A setting of the code that Bicep leaves out, and why.
    private static readonly Dictionary<string, string> NotInBicep = new()
    {
        ["AzureWebJobsStorage__accountName"] = "blobServiceUri says the same",
        ["Secrets__*"] = "on Azure secrets are in Key Vault",
    };

    // What the sample or Bicep tells the Functions host, and the relay's code does not read.
    internal static readonly string[] OfFunctionsHost =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AzureMonitorExporter__EnablePerformanceCounters",
        "AzureMonitorExporter__EnableStandardMetrics",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "FUNCTIONS_WORKER_RUNTIME",
        "ServiceBusConnection__clientId",
        "OTEL_DOTNET_AZURE_MONITOR_ENABLE_RESOURCE_METRICS",
        "OTEL_TRACES_SAMPLER",
        "ServiceBusConnection__credential",
    ];

    // What an older relay read: ignored with a warning.
    private static readonly string[] Retired = ["Redrive__Reasons"];

    // What OpenTelemetry's exporter reads by itself, beside the two that the relay's code reads.
    internal static readonly string[] OfExporter =
        ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER_ARG"];

    private static readonly IReadOnlyList<string> Sample = [.. JsonDocument.Parse(Repository.Read("local.settings.sample.json"))
        .RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name)];

    private static readonly Dictionary<string, string> InBicep = Bicep.MembersOf("accountSettings").Select(member => KeyValuePair.Create($"{Account}__{member.Key}", member.Value))
        .Concat(Bicep.MembersOf("connectionSettings").Where(member => member.Key != Brands).Select(member => KeyValuePair.Create($"{Connection}__{member.Key}", member.Value)))
        .Concat(Bicep.MembersOf("brandSettings").Select(member => KeyValuePair.Create($"{Connection}__{Brands}__*__{member.Key}", member.Value)))
        .Concat(Bicep.MembersOf("syncSettings").Select(member => KeyValuePair.Create($"{Sync}__{member.Key}", member.Value)))
        .Concat(Bicep.MembersOf("relaySettings").Select(member => member.Key == OtlpHeadersSecret ? KeyValuePair.Create("OTEL_EXPORTER_OTLP_HEADERS", member.Value) : member))
        // All of them texts: what is a parameter too has its type there.
        .Concat(Bicep.VariableOf("function-app.bicep", "hostSettings").Select(pair => KeyValuePair.Create(pair.Key, "string")))
        .DistinctBy(member => member.Key)
        .ToDictionary();

    [Fact]
    public void Setting_that_is_read_by_hand_is_known_here() =>
        CodeSettings.ExpressionsReadByHand().Distinct().ShouldBe(CodeSettings.ReadByHand.Keys, ignoreOrder: true);

    [Fact]
    public void Sample_shows_every_setting_of_the_code() =>
        CodeSettings.OfRelay.Concat(CodeSettings.OfLocalHost)
            .Where(setting => !setting.Name.StartsWith(Sync, StringComparison.Ordinal) && !NotInSample.ContainsKey(setting.Name) && !Sample.Any(setting.Is))
            .Select(setting => setting.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Sample_shows_no_setting_that_nobody_reads() =>
        Sample.Except(OfFunctionsHost).Where(name => !CodeSettings.OfRelay.Concat(CodeSettings.OfLocalHost).Any(setting => setting.Is(name))).ShouldBeEmpty();

    [Fact]
    public void Bicep_has_every_setting_of_the_code() =>
        CodeSettings.OfRelay.Select(setting => setting.Name).Except(NotInBicep.Keys).Except(InBicep.Keys).ShouldBeEmpty();

    [Fact]
    public void Bicep_has_no_setting_that_nobody_reads() =>
        InBicep.Keys.Except(OfFunctionsHost).Except(OfExporter).Except(Retired).Except(CodeSettings.OfRelay.Select(setting => setting.Name)).ShouldBeEmpty();

    [Fact]
    public void Exporter_can_be_set_up_on_azure()
    {
        OfExporter.ShouldBeSubsetOf(InBicep.Keys);
        var settings = Repository.Read("docs/settings.md");
        OfExporter.ShouldAllBe(name => settings.Contains($"| `{name}` |", StringComparison.Ordinal));
    }

    // Else ARM lets every name pass, and the relay is the first to refuse it: after the deployment.
    [Theory]
    [InlineData("accountSettings")]
    [InlineData("connectionSettings")]
    [InlineData("brandSettings")]
    [InlineData("syncSettings")]
    [InlineData("relaySettings")]
    public void Bicep_refuses_a_setting_that_it_does_not_have(string type) =>
        Bicep.Read("settings.bicep").ShouldMatch($@"\n@sealed\(\)\n@description\([^\n]+\)\ntype {type} = {{\n");

    [Fact]
    public void Bicep_has_the_types_of_the_code()
    {
        foreach (var setting in CodeSettings.OfRelay.Where(setting => InBicep.ContainsKey(setting.Name)))
        {
            var type = InBicep[setting.Name];
            var expected = setting.Type == typeof(bool) ? "bool" : setting.Type == typeof(int) ? "int" : type.StartsWith('\'') ? type : "string";
            type.ShouldBe(expected, setting.Name);
        }
    }

    [Theory]
    [InlineData("Helpdesk")]
    [InlineData("Webhook__Kind")]
    [InlineData("Emails")]
    public void Bicep_allows_the_values_that_the_code_allows(string setting)
    {
        var expected = setting switch
        {
            "Helpdesk" => CodeSettings.Helpdesks.Select(helpdesk => helpdesk.Name),
            "Webhook__Kind" => WebhookKinds.All,
            _ => ["all", "primary", "verified"],
        };

        Bicep.MembersOf("connectionSettings")[setting].Split(" | ").Select(value => value.Trim('\'')).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Exceptions_are_settings_of_the_code()
    {
        var names = CodeSettings.OfRelay.Select(setting => setting.Name).ToList();

        NotInSample.Keys.Except(names).ShouldBeEmpty();
        NotInBicep.Keys.Except(names).ShouldBeEmpty();
        OfFunctionsHost.Except(InBicep.Keys).Except(Sample).ShouldBeEmpty();
    }
}
