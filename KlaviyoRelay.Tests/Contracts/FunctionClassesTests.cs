using System.Reflection;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The function classes use only what both hosts have, the Functions worker and the local host.</summary>
public sealed class FunctionClassesTests
{
    private static readonly string[] OfCampaigns =
        ["MakeCampaign", "ListCampaigns", "GetCampaign", "ScheduleCampaign", "CancelCampaign", "RevertCampaign", "ListAudiences", "GetCampaignPerformance"];

    private static readonly Type[] Triggers = [typeof(HttpTriggerAttribute), typeof(ServiceBusTriggerAttribute), typeof(TimerTriggerAttribute)];

    [Fact]
    public void Function_is_named_for_its_class()
    {
        FunctionMethods.All.ShouldNotBeEmpty();
        FunctionMethods.All.Select(NameOf).ShouldBe(FunctionMethods.All.Select(method => FunctionMethods.ClassOf(method).Name));
    }

    [Fact]
    public void Function_names_are_unique() =>
        FunctionMethods.All.Select(NameOf).ShouldBeUnique(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Function_is_public_so_that_the_worker_finds_it() =>
        FunctionMethods.All.ShouldAllBe(method => method.IsPublic && !method.IsStatic && FunctionMethods.ClassOf(method).IsPublic);

    [Fact]
    public void Function_method_has_no_other_attribute_that_a_host_would_read() =>
        FunctionMethods.All.SelectMany(method => HostAttributes(method.CustomAttributes)).ShouldAllBe(type => type == typeof(FunctionAttribute));

    [Fact]
    public void Function_has_one_trigger_and_it_comes_first()
    {
        foreach (var method in FunctionMethods.All)
        {
            var triggers = method.GetParameters().Select(parameter => parameter.CustomAttributes.Count(attribute => Triggers.Contains(attribute.AttributeType)));

            triggers.ShouldBe([1, .. Enumerable.Repeat(0, method.GetParameters().Length - 1)], NameOf(method));
        }
    }

    [Fact]
    public void Parameters_beside_the_trigger_are_route_strings_a_cancellation_token_and_the_session()
    {
        foreach (var method in FunctionMethods.All)
        {
            var route = method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()?.Route;
            foreach (var parameter in method.GetParameters().Skip(1))
            {
                HostAttributes(parameter.CustomAttributes).ShouldBeEmpty(NameOf(method));
                var isRouteString = parameter.ParameterType == typeof(string)
                    && route?.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal) == true;
                var isSession = parameter.ParameterType == typeof(ServiceBusSessionMessageActions)
                    && method.GetParameters()[0].GetCustomAttribute<ServiceBusTriggerAttribute>()?.IsSessionsEnabled == true;
                (isRouteString || isSession || parameter.ParameterType == typeof(CancellationToken)).ShouldBeTrue($"{NameOf(method)}: {parameter.Name}");
            }
        }
    }

    [Fact]
    public void Http_trigger_is_on_an_http_request_and_answers_with_a_result()
    {
        var functions = FunctionMethods.TriggeredBy<HttpTriggerAttribute>().ToList();

        functions.ShouldNotBeEmpty();
        functions.ShouldAllBe(function => function.Parameter.ParameterType == typeof(HttpRequest));
        functions.ShouldAllBe(function => function.Method.ReturnType == typeof(Task<IResult>));
        // The webhook's own credentials are checked; a key in the address would end up in logs. The check names what is configured.
        functions.Where(function => function.Trigger.AuthLevel != AuthorizationLevel.Anonymous).Select(function => NameOf(function.Method)).ShouldBe(["AuditAccount", "CreateSegments", "CheckConnection", "ForgetCustomer", "ReceiveKeyedRecords", "GetKeyedRecordsRun", .. OfCampaigns], ignoreOrder: true);
        functions.Where(function => function.Trigger.AuthLevel != AuthorizationLevel.Anonymous).ShouldAllBe(function => function.Trigger.AuthLevel == AuthorizationLevel.Function);
        functions.ShouldAllBe(function => function.Trigger.Methods != null && function.Trigger.Methods.Length > 0 && function.Trigger.Route != null);
    }

    [Fact]
    public void Service_bus_trigger_takes_batches_of_text_from_a_queue_of_the_relay()
    {
        string[] queues = [QueueNames.ConversationEvents, QueueNames.Records, QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected];
        var functions = FunctionMethods.TriggeredBy<ServiceBusTriggerAttribute>().ToList();

        functions.ShouldNotBeEmpty();
        functions.ShouldAllBe(function => function.Parameter.ParameterType == typeof(string[]));
        functions.ShouldAllBe(function => function.Method.ReturnType == typeof(Task));
        functions.ShouldAllBe(function => function.Trigger.IsBatched);
        // Work has an order to keep, letters have none.
        functions.ShouldAllBe(function => function.Trigger.IsSessionsEnabled == (function.Trigger.QueueName == QueueNames.ConversationEvents || function.Trigger.QueueName == QueueNames.Records));
        functions.ShouldAllBe(function => function.Trigger.Connection == QueueNames.Connection);
        functions.ShouldAllBe(function => queues.Contains(function.Trigger.QueueName));
    }

    // The trigger keeps a session over its batches and renews no lock: a function that did not release it would repeat batches.
    [Fact]
    public void Function_of_a_queue_with_sessions_takes_the_session_that_it_releases() =>
        FunctionMethods.TriggeredBy<ServiceBusTriggerAttribute>()
            .Where(function => function.Trigger.IsSessionsEnabled)
            .ShouldAllBe(function => function.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ServiceBusSessionMessageActions)));

    [Fact]
    public void Local_host_has_a_queue_for_each_session_where_the_trigger_has_sessions() =>
        SessionQueues.WithSessions.ShouldBe(
            FunctionMethods.TriggeredBy<ServiceBusTriggerAttribute>().Where(function => function.Trigger.IsSessionsEnabled).Select(function => function.Trigger.QueueName),
            ignoreOrder: true);

    [Fact]
    public void Timer_trigger_is_on_a_timer_info()
    {
        foreach (var function in FunctionMethods.TriggeredBy<TimerTriggerAttribute>())
        {
            function.Parameter.ParameterType.ShouldBe(typeof(TimerInfo));
            function.Method.ReturnType.ShouldBe(typeof(Task));
        }
    }

    [Fact]
    public void Recovery_runs_by_the_schedule_of_a_setting() =>
        FunctionMethods.TriggeredBy<TimerTriggerAttribute>().Single(timer => NameOf(timer.Method) == "RecoverMissedEvents").Trigger.Schedule.ShouldBe("%RecoverSchedule%");

    [Theory]
    [InlineData("ReceiveWebhook", "post,get,head", "webhooks/{connection}")]
    [InlineData("ReceiveRecords", "post", "records/{sync}")]
    [InlineData("GetRecordsRun", "get", "records/{sync}/runs/{run}")]
    [InlineData("ReceiveKeyedRecords", "post", "records/{sync}/keyed")]
    [InlineData("GetKeyedRecordsRun", "get", "records/{sync}/keyed/runs/{run}")]
    [InlineData("GetCard", "get", "cards/{connection}")]
    [InlineData("GetCardFile", "get", "cards/{connection}/{version}/{file}")]
    [InlineData("GetInsight", "get", "insights/{connection}/customers/{customer}")]
    [InlineData("Health", "get", "health")]
    [InlineData("GetOpenApi", "get", "openapi.json")]
    [InlineData("CheckConnection", "get", "connections/{name}/check")]
    [InlineData("AuditAccount", "get", "accounts/{account}/audit")]
    [InlineData("CreateSegments", "post", "accounts/{account}/segments")]
    [InlineData("ForgetCustomer", "post", "customers/forget")]
    [InlineData("MakeCampaign", "post", "accounts/{account}/campaigns")]
    [InlineData("ListCampaigns", "get", "accounts/{account}/campaigns")]
    [InlineData("GetCampaign", "get", "accounts/{account}/campaigns/{id}")]
    [InlineData("ScheduleCampaign", "post", "accounts/{account}/campaigns/{id}/schedule")]
    [InlineData("CancelCampaign", "post", "accounts/{account}/campaigns/{id}/cancel")]
    [InlineData("RevertCampaign", "post", "accounts/{account}/campaigns/{id}/revert")]
    [InlineData("ListAudiences", "get", "accounts/{account}/audiences")]
    [InlineData("GetCampaignPerformance", "get", "accounts/{account}/campaign-performance")]
    public void Address_stays_as_it_is_configured_in_helpdesks_and_monitors(string function, string methods, string route)
    {
        var trigger = FunctionMethods.TriggeredBy<HttpTriggerAttribute>().Single(http => NameOf(http.Method) == function).Trigger;

        trigger.Methods.ShouldBe(methods.Split(','));
        trigger.Route.ShouldBe(route);
    }

    private static string NameOf(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>().ShouldNotBeNull().Name;

    // Those the compiler adds are no host's business.
    private static IEnumerable<Type> HostAttributes(IEnumerable<CustomAttributeData> attributes) => attributes
        .Select(attribute => attribute.AttributeType)
        .Where(type => type.Namespace is not ("System.Runtime.CompilerServices" or "System.Diagnostics"));
}
