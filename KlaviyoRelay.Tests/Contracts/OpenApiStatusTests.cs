using System.Globalization;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Receiving;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The description of the API has for each operation the statuses that its code can answer, and no other.</summary>
public sealed partial class OpenApiStatusTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The Functions host misses its key; the local host answers its own dashboard only.
    private static readonly int[] OfTheHosts = [401, 403];

    // What only reads has nothing to refuse, and no state that forbids it.
    private static readonly Dictionary<string, int[]> NeverOfCampaigns = new()
    {
        ["MakeCampaign"] = [],
        ["ScheduleCampaign"] = [],
        ["CancelCampaign"] = [],
        ["RevertCampaign"] = [],
        ["ListCampaigns"] = [409, 422],
        ["GetCampaign"] = [409, 422],
        ["ListAudiences"] = [409, 422],
        ["GetCampaignPerformance"] = [409],
    };

    [Fact]
    public void Statuses_are_those_that_the_code_answers()
    {
        OpenApiFile.Operations.ShouldNotBeEmpty();
        foreach (var (path, method, function, operation) in OpenApiFile.Operations)
        {
            OpenApiFile.Statuses(operation).ShouldBe(AnswersOf(function, method).Concat(IsKeyed(function) ? OfTheHosts : []).Distinct(), ignoreOrder: true, $"{method} {path}");
        }
    }

    [Fact]
    public void Errors_are_problems_where_the_relay_has_a_body_for_them()
    {
        foreach (var response in OpenApiFile.Root["components"]?["responses"].ShouldNotBeNull().AsObject() ?? [])
        {
            var content = response.Value?["content"]?.AsObject();

            (content is null ? [] : content.Select(type => type.Key)).ShouldBe(response.Key is "NoFunctionKey" or "UnknownConnection" ? [] : ["application/problem+json"], response.Key);
        }
    }

    private static IEnumerable<int> AnswersOf(string function, string method) => function switch
    {
        "ReceiveWebhook" when method == "post" => Webhooks().Select(outcome => outcome.Status),
        "ReceiveWebhook" => [200],
        "ReceiveRecords" or "ReceiveKeyedRecords" => Rows().Select(outcome => StatusOf(RecordResults.Of(outcome, "/api/records/leads"))),
        "GetRecordsRun" or "GetKeyedRecordsRun" or "ListRecordsRuns" => [200, StatusOf(RecordResults.NotFound), StatusOf(RecordResults.Unauthorized), StatusOf(RecordResults.Unavailable)],
        "GetInsight" => Insights().Select(outcome => StatusOf(InsightResults.Of(outcome))),
        "GetCard" or "GetCardFile" => [200, StatusOf(CardResult.NotFound)],
        "GetOpenApi" => [200],
        // The account is looked for as the audit does it.
        "CreateSegments" => [.. NamedIn(function), 404],
        _ when NeverOfCampaigns.TryGetValue(function, out var never) => [.. NamedIn(function), .. NamedIn(nameof(CampaignRequests)).Except(never)],
        _ => NamedIn(function),
    };

    private static WebhookOutcome[] Webhooks() => Every<WebhookOutcome>(
        new WebhookOutcome.Accepted([]), new WebhookOutcome.Ignored(""), new WebhookOutcome.Malformed("", null), new WebhookOutcome.Unauthorized(), new WebhookOutcome.UnknownConnection(),
        new WebhookOutcome.Incomplete(), new WebhookOutcome.TooLarge(), new WebhookOutcome.NotJson(), new WebhookOutcome.TooMany(Second), new WebhookOutcome.Unavailable(Second));

    private static RowsOutcome[] Rows() => Every<RowsOutcome>(
        new RowsOutcome.Accepted("run"), new RowsOutcome.UnknownSync(), new RowsOutcome.Unauthorized(), new RowsOutcome.WrongType(), new RowsOutcome.WrongPart(), new RowsOutcome.PartIsTaken(),
        new RowsOutcome.Refused(new RowsRefusal(RowsProblem.TooLarge, "")), new RowsOutcome.Refused(new RowsRefusal(RowsProblem.Malformed, "")), new RowsOutcome.Unavailable(""));

    private static InsightOutcome[] Insights() => Every<InsightOutcome>(
        new InsightOutcome.Found(new Insight("gladly", "c1", [])), new InsightOutcome.NoCard(), new InsightOutcome.Unauthorized(), new InsightOutcome.TooMany(Second),
        new InsightOutcome.UnknownCustomer(), new InsightOutcome.Unavailable("", Second));

    /// <summary>The outcomes, of which none that the code knows may be missing.</summary>
    private static T[] Every<T>(params T[] outcomes)
        where T : notnull
    {
        outcomes.Select(outcome => outcome.GetType()).Distinct().ShouldBe(typeof(T).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(T))), ignoreOrder: true);
        return outcomes;
    }

    private static int StatusOf(IResult result)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        result.ExecuteAsync(context).IsCompletedSuccessfully.ShouldBeTrue();
        return context.Response.StatusCode;
    }

    private static bool IsKeyed(string function) =>
        FunctionMethods.TriggeredBy<HttpTriggerAttribute>().Single(one => FunctionMethods.ClassOf(one.Method).Name == function).Trigger.AuthLevel == AuthorizationLevel.Function;

    private static List<int> NamedIn(string name)
    {
        var statuses = StatusName().Matches(Repository.Read($"KlaviyoRelay.Functions/{name}.cs")).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        statuses.ShouldNotBeEmpty(name);
        return statuses;
    }

    [GeneratedRegex(@"StatusCodes\.Status(\d{3})")]
    private static partial Regex StatusName();
}
