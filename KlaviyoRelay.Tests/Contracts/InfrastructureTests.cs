using System.Text.RegularExpressions;
using System.Xml;
using KlaviyoRelay.Cli.Settings;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Queues;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>Queues, functions and modules in infra/ are those of the code.</summary>
public sealed partial class InfrastructureTests
{
    private static readonly string[] Queues = [QueueNames.ConversationEvents, QueueNames.Records, QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected];

    private static readonly string ServiceBus = Bicep.Read("service-bus.bicep");

    private static string AllBicep => string.Concat(Bicep.Files.Select(Bicep.Read));

    [Fact]
    public void Queues_are_those_of_the_code()
    {
        var list = QueueList().Match(ServiceBus).Groups["queues"].Value;

        Quoted().Matches(list).Select(match => match.Groups["text"].Value).ShouldBe(Queues, ignoreOrder: true);
    }

    [Fact]
    public void Queue_names_elsewhere_are_those_of_the_code() =>
        QueueName().Matches(AllBicep).Select(match => match.Groups["text"].Value).Except(Queues)
            // An alert is named for the queue's own dead letters, which is no queue of the relay.
            .Except(["native-dead-letters", "events-backlog"])
            // What a sync of rows makes.
            .Except(["events"])
            .ShouldBeEmpty();

    [Theory]
    [InlineData("requiresSession")]
    [InlineData("requiresDuplicateDetection")]
    public void Queues_with_sessions_and_duplicate_detection_are_those_whose_triggers_have_sessions(string property)
    {
        var queues = FunctionMethods.TriggeredBy<ServiceBusTriggerAttribute>().Where(trigger => trigger.Trigger.IsSessionsEnabled).Select(trigger => $"'{trigger.Trigger.QueueName}'").Order();

        ServiceBus.ShouldContain($"var workQueueNames = [{string.Join(", ", queues)}]");
        ServiceBus.ShouldContain($"{property}: contains(workQueueNames, queueName)");
    }

    [Fact]
    public void Lock_is_longer_than_a_batch() =>
        Duration("lockDuration").ShouldBeGreaterThan(new DeliveryOptions().BatchBudget + TimeSpan.FromMinutes(1));

    // The lock is the longest that Service Bus has, and what fails is put away after as many tries as locally.
    [Fact]
    public void Lock_and_tries_are_what_the_relay_counts_on()
    {
        Duration("lockDuration").ShouldBe(TimeSpan.FromMinutes(5));
        ServiceBus.ShouldContain(FormattableString.Invariant($"maxDeliveryCount: {MessageSettlement.MaxFailures}\n"));
        Duration("duplicateDetectionHistoryTimeWindow").ShouldBeGreaterThan(TimeSpan.FromMinutes(96));
    }

    [Fact]
    public void Warm_instances_are_of_functions_that_exist()
    {
        var warm = Bicep.LiteralsOf("function-app.bicep").Where(text => text.StartsWith("function:", StringComparison.Ordinal)).ToList();

        warm.ShouldNotBeEmpty();
        // HTTP functions have no group of their own; they are the group `http`.
        warm.Select(text => text["function:".Length..]).ShouldBeSubsetOf(FunctionMethods.TriggeredBy<ServiceBusTriggerAttribute>().Select(trigger => FunctionMethods.ClassOf(trigger.Method).Name));
    }

    [Fact]
    public void Functions_that_are_switched_off_exist_and_are_off_locally_too()
    {
        var disabled = Disabled().Matches(AllBicep).Select(match => match.Value).Distinct().ToList();

        disabled.ShouldBe(DefaultSettings.Values.Keys.Where(key => key.EndsWith(".Disabled", StringComparison.Ordinal)));
        disabled.Select(setting => setting.Split('.')[1]).ShouldBeSubsetOf(FunctionMethods.All.Select(method => FunctionMethods.ClassOf(method).Name));
    }

    [Fact]
    public void Schedule_is_the_local_one() =>
        Bicep.VariableOf("function-app.bicep", "hostSettings")["RecoverSchedule"].ShouldBe(DefaultSettings.Values["RecoverSchedule"]);

    [Fact]
    public void Service_of_azd_is_the_app_with_its_tag() =>
        Repository.Read("azure.yaml").ShouldContain($"\nservices:\n  {ServiceTag().Match(Bicep.Read("function-app.bicep")).Groups["text"].Value}:\n");

    // Windows runs what stands in azure.yaml, all others scripts/publish.
    [Fact]
    public void App_is_published_on_windows_as_elsewhere()
    {
        var (windows, posix) = (Repository.Read("azure.yaml"), Repository.Read("scripts/publish"));
        var command = posix.Split('\n').Single(line => line.StartsWith("dotnet publish ", StringComparison.Ordinal));

        // With the vendor's trigger; compiled ahead for Flex Consumption, which brings the runtime.
        string[] options = ["-r", "linux-x64", "--no-self-contained", "-p:ServiceBusExtension=package", "-p:PublishReadyToRun=true"];
        options.ShouldBeSubsetOf(command.Split(' '));
        command.ShouldNotContain("Trimmed");
        windows.ShouldContain($"    dist: {command.Split(" -o ")[1]}\n");
        string[] both = [command, "host.json", "worker.config.json", "functions.metadata", "publish/app/local.settings.json must not be deployed"];
        both.ShouldAllBe(text => windows.Contains(text, StringComparison.Ordinal) && posix.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_module_is_deployed()
    {
        var main = Bicep.Read("main.bicep");

        Bicep.Files.Except(["main.bicep"]).Where(file => !main.Contains($"'{file}'", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static TimeSpan Duration(string property) =>
        XmlConvert.ToTimeSpan(Regex.Match(ServiceBus, $"{property}: '(?<text>[^']+)'").Groups["text"].Value);

    [GeneratedRegex(@"var queueNames = \[(?<queues>[^\]]+)\]")]
    private static partial Regex QueueList();

    [GeneratedRegex("'(?<text>[^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("'(?<text>[a-z-]*(?:dead-letter|events)[a-z-]*)'")]
    private static partial Regex QueueName();

    [GeneratedRegex(@"AzureWebJobs\.\w+\.Disabled")]
    private static partial Regex Disabled();

    [GeneratedRegex("'azd-service-name': '(?<text>\\w+)'")]
    private static partial Regex ServiceTag();
}
