using System.Reflection;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Functions.Telemetry;
using KlaviyoRelay.LocalHost.Settings;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>Every setting that the code reads: found by reflection and by a search, so that a new one can't be forgotten.</summary>
internal static partial class CodeSettings
{
    /// <summary>Settings that are read one by one and not bound: the expression in the code, and the setting's name.</summary>
    public static readonly Dictionary<string, string> ReadByHand = new()
    {
        ["\"AZURE_CLIENT_ID\""] = "AZURE_CLIENT_ID",
        ["\"AzureWebJobsStorage:accountName\""] = "AzureWebJobsStorage__accountName",
        ["\"AzureWebJobsStorage:blobServiceUri\""] = "AzureWebJobsStorage__blobServiceUri",
        ["\"AzureWebJobsStorage:tableServiceUri\""] = "AzureWebJobsStorage__tableServiceUri",
        ["$\"{ConfigurationSecretStore.SectionName}:{name}\""] = "Secrets__*",
        ["$\"{SectionName}:{name}\""] = "Secrets__*",
        ["\"OTEL_SERVICE_NAME\""] = "OTEL_SERVICE_NAME",
        ["ConnectionStringSetting"] = "APPLICATIONINSIGHTS_CONNECTION_STRING",
        ["EndpointSetting"] = OtlpExtensions.EndpointSetting,
        ["KeyVaultOptions.UriSetting"] = "KeyVault__Uri",
        ["NamespaceSetting"] = $"{QueueNames.Connection}__fullyQualifiedNamespace",
    };

    private static readonly string[] Projects = ["KlaviyoRelay.Core", "KlaviyoRelay.Functions"];

    /// <summary>The helpdesks that the relay is composed of.</summary>
    public static IReadOnlyList<IHelpdesk> Helpdesks { get; } = ReadHelpdesks();

    /// <summary>Settings of the relay, on every host.</summary>
    public static IReadOnlyList<Setting> OfRelay { get; } =
    [
        .. Bound(typeof(RelayOptions).Assembly),
        .. Bound(typeof(ReceiveWebhook).Assembly),
        .. ReadByHand.Values.Distinct().Select(name => new Setting(name, typeof(string))),
        .. FunctionMethods.TriggeredBy<TimerTriggerAttribute>().Where(timer => timer.Trigger.Schedule.StartsWith('%')).Select(timer => new Setting(timer.Trigger.Schedule.Trim('%'), typeof(string))),
    ];

    /// <summary>Settings that only the local host reads.</summary>
    public static IReadOnlyList<Setting> OfLocalHost { get; } =
        [.. Bound(typeof(LocalHostOptions).Assembly), new Setting("AzureWebJobsStorage", typeof(string))];

    /// <summary>The expressions with which the relay's sources ask the configuration for one setting.</summary>
    public static IEnumerable<string> ExpressionsReadByHand() =>
        from project in Projects
        from file in Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/StandIns/", StringComparison.Ordinal)
        from Match match in ReadOfConfiguration().Matches(File.ReadAllText(file))
        select match.Groups["expression"].Value;

    private static IReadOnlyList<IHelpdesk> ReadHelpdesks()
    {
        using var relay = new RelayFixture();
        return [.. relay.Get<IEnumerable<IHelpdesk>>()];
    }

    /// <summary>What the classes that name a configuration section are bound from.</summary>
    private static IEnumerable<Setting> Bound(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Options", StringComparison.Ordinal)
        let section = type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        where section is not null
        from setting in Below(section, type)
        select setting;

    private static IEnumerable<Setting> Below(string name, Type type)
    {
        if (type == typeof(string) || type.IsValueType)
        {
            return [new Setting(name, Nullable.GetUnderlyingType(type) ?? type)];
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            return Below($"{name}__*", type.GenericTypeArguments[1]);
        }

        var own = type == typeof(ConnectionOptions) ? Helpdesks.Select(helpdesk => (Name: helpdesk.Title, Type: helpdesk.OptionsType)) : [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (property.Name, Type: property.PropertyType)).Concat(own)
            .SelectMany(member => Below($"{name}__{member.Name}", member.Type));
    }

    [GeneratedRegex("""onfiguration\[(?<expression>[^\]]+)\]""")]
    private static partial Regex ReadOfConfiguration();
}
