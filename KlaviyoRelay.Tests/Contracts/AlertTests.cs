using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What the alerts ask for is what the relay, its host and Azure report, and what an operator can read about.</summary>
public sealed partial class AlertTests
{
    // learn.microsoft.com/azure/azure-monitor/reference/supported-metrics, by namespace.
    private static readonly Dictionary<string, string[]> PlatformMetrics = new()
    {
        ["Microsoft.ServiceBus/namespaces"] = ["ActiveMessages", "DeadletteredMessages", "ScheduledMessages"],
        ["Microsoft.KeyVault/vaults"] = ["ServiceApiResult"],
    };

    private static readonly string Alerts = Bicep.Read("alerts.bicep");

    [Fact]
    public void Platform_metrics_exist()
    {
        Values("metricNamespace").ShouldBe(PlatformMetrics.Keys, ignoreOrder: true);
        Values("metricName").ShouldBeSubsetOf(PlatformMetrics.Values.SelectMany(names => names));
    }

    // A gauge's total grows with how often it is sampled.
    [Fact]
    public void Queue_lengths_are_not_summed_up() => Values("aggregation").ShouldBe(["Maximum", "Minimum"], ignoreOrder: true);

    [Fact]
    public void Queries_name_functions_and_metrics_of_the_code()
    {
        var functions = FunctionMethods.All.Select(method => FunctionMethods.ClassOf(method).Name);
        var metrics = typeof(RelayMetricNames).GetFields().Select(field => field.GetRawConstantValue() as string);

        // A query compares Application Insights' `name` with a metric's name; a function's would be compared alike.
        Names().Matches(Alerts).Select(match => match.Groups["text"].Value).ShouldBeSubsetOf(functions.Concat(metrics.OfType<string>()));
        Names().Count(Alerts).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Queries_read_the_tags_that_the_code_writes()
    {
        Tags().Matches(Alerts).Select(match => match.Groups["text"].Value).Distinct().ShouldBe([RelayTags.Outcome, RelayTags.Connection, RelayTags.Reason, RelayTags.Sync, RelayTags.Account], ignoreOrder: true);
        Alerts.ShouldContain($"[\"{RelayTags.Outcome}\"]) == \"{new WebhookOutcome.Accepted([]).Name}\"");
        QueryOf("rows-rejected").ShouldContain($"Outcome == \"{RowOutcomes.Rejected}\"");
        Reasons().Match(Alerts).Groups["text"].Value.ShouldBe("\"missing\", \"forbidden\"");
    }

    // It is counted once, when it appears, so that it is heard of once.
    [Fact]
    public void New_unprotected_item_is_heard_of_within_the_time_that_is_looked_at()
    {
        var rule = Alerts[Alerts.IndexOf("resource auditUnprotected ", StringComparison.Ordinal)..];

        QueryOf("audit-unprotected").ShouldBe("customMetrics | where name == \"relay.audit.unprotected\" | summarize NewCount = sum(valueSum) by Account = tostring(customDimensions[\"relay.account\"])");
        Regex.Match(rule, "evaluationFrequency: '(?<text>[^']+)'").Groups["text"].Value.ShouldBe("PT1H");
        Regex.Match(rule, "windowSize: '(?<text>[^']+)'").Groups["text"].Value.ShouldBe("PT2H");
        rule[..rule.IndexOf("autoMitigate", StringComparison.Ordinal)].ShouldContain("threshold: 0\n");
    }

    // A vault answers 403 and 404 until a new deployment's roles work and its secrets are stored.
    [Fact]
    public void Vault_alert_is_silent_about_a_new_deployment()
    {
        var vault = Alerts[Alerts.IndexOf("resource vaultFailures ", StringComparison.Ordinal)..];

        Regex.Match(vault, @"values: \[(?<codes>[^\]]+)\]").Groups["codes"].Value.ShouldBe("'429', '500', '502', '503', '504'");
        QueryOf("secrets-unreadable").ShouldContain("where Last - First > 1h");
    }

    // What a new app has not done yet is no silence.
    [Fact]
    public void Silent_webhooks_are_noticed_once_the_app_is_old_enough()
    {
        var query = QueryOf("no-webhook-accepted-${connection}");

        query.ShouldStartWith("union requests, traces, customMetrics | where timestamp < ago(${quietHours}h) + 20m | summarize RunsBefore = count()");
        query.ShouldContain("timestamp > ago(${quietHours}h)");
        query.ShouldEndWith("where RunsBefore > 0 and Accepted == 0");
    }

    // learn.microsoft.com/azure/azure-monitor/logs/daily-cap: the record is in the workspace and not in Application Insights.
    [Fact]
    public void Daily_cap_is_noticed()
    {
        QueryOf("telemetry-cut-off").ShouldBe("_LogOperation | where Category =~ \"Ingestion\" | where Detail has \"OverQuota\"");
        Alerts[Alerts.IndexOf("'telemetry-cut-off'", StringComparison.Ordinal)..].ShouldContain("scopes: [workspaceId]");
    }

    // The Functions host writes success for every run that throws nothing, also for a webhook's 503.
    [Fact]
    public void Failure_rate_counts_what_was_answered_with_5xx()
    {
        var query = FailureRate().Match(Alerts).Groups["query"].Value;

        query.ShouldContain("Status = coalesce(toint(resultCode), 0)");
        query.ShouldContain("Failed = Status >= 500 or (success == false and not(Status between (400 .. 499)))");
        query.ShouldContain($"name != \"{nameof(CheckConnection)}\"");
        query.ShouldContain("not(name contains \"/connections/\" and name endswith \"/check\")");
        query.ShouldContain("where Rows >= 5");
    }

    // A row of a sampled request stands for many.
    [Fact]
    public void Sampled_requests_are_counted_as_what_they_stand_for() =>
        FailureRate().Match(Alerts).Groups["query"].Value.ShouldContain("Rows = count(), Runs = sum(itemCount), FailedRuns = sumif(itemCount, Failed)");

    [Fact]
    public void Every_alert_is_in_the_operators_guide()
    {
        var names = AlertName().Matches(Alerts).Select(match => match.Groups["text"].Value.Replace("-${connection}", "", StringComparison.Ordinal)).Distinct().ToList();

        names.Count.ShouldBe(12);
        var guide = Repository.Read("docs/operations.md");
        var section = guide[guide.IndexOf("## Alerts\n", StringComparison.Ordinal)..guide.IndexOf("## Load and limits\n", StringComparison.Ordinal)];
        GuideRow().Matches(section).Select(match => match.Groups["text"].Value).ShouldBe(names, ignoreOrder: true);
    }

    private static string QueryOf(string alert) =>
        Regex.Match(Alerts[Alerts.IndexOf($"name: '{alert}'\n", StringComparison.Ordinal)..], "^ +query: '(?<text>.+)'$", RegexOptions.Multiline).Groups["text"].Value;

    private static IEnumerable<string> Values(string property) =>
        Regex.Matches(Alerts, $@"^\s+{property}: '(?<text>[^']+)'", RegexOptions.Multiline).Select(match => match.Groups["text"].Value).Distinct();

    [GeneratedRegex("""query: '(?<query>requests[^'\n]*FailedPercent[^'\n]*)'""")]
    private static partial Regex FailureRate();

    [GeneratedRegex("name == \"(?<text>[^\"]+)\"")]
    private static partial Regex Names();

    [GeneratedRegex("customDimensions\\[\"(?<text>[^\"]+)\"\\]")]
    private static partial Regex Tags();

    [GeneratedRegex("in \\((?<text>[^)]+)\\)")]
    private static partial Regex Reasons();

    [GeneratedRegex(@"^\| `(?<text>[a-z-]+?)(?:-\{connection\})?` \|", RegexOptions.Multiline)]
    private static partial Regex GuideRow();

    // An alert's name stands first in its entry, at the top of a list's item or of a resource.
    [GeneratedRegex(@"^(?:  |    )name: '(?<text>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex AlertName();
}
