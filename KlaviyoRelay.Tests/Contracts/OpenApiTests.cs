using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.LocalHost.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The description of the API has the routes, methods, parameters and keys of the functions.</summary>
public sealed partial class OpenApiTests
{
    private static IEnumerable<(string Function, HttpTriggerAttribute Trigger)> Functions { get; } =
        [.. FunctionMethods.TriggeredBy<HttpTriggerAttribute>().Select(function => (FunctionMethods.ClassOf(function.Method).Name, function.Trigger))];

    [Fact]
    public void Document_is_valid_OpenApi()
    {
        var read = OpenApiDocument.Parse(OpenApiFile.Text, OpenApiConstants.Json);

        read.Diagnostic.ShouldNotBeNull().Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        read.Document.ShouldNotBeNull().Paths.ShouldNotBeEmpty();
    }

    [Fact]
    public void References_stand_for_something() => AllReferences(OpenApiFile.Root).ShouldAllBe(reference => OpenApiFile.Resolve(reference).Count > 0);

    [Fact]
    public void Routes_and_methods_are_those_of_the_functions() =>
        OpenApiFile.Operations.Select(operation => $"{operation.Function}: {operation.Method} {operation.Path}").ShouldBe(
            Functions.SelectMany(function => (function.Trigger.Methods ?? []).Select(method => $"{function.Function}: {method} /{function.Trigger.Route}")),
            ignoreOrder: true);

    [Fact]
    public void Parameters_in_the_path_are_those_of_the_route()
    {
        foreach (var (path, method, _, operation) in OpenApiFile.Operations)
        {
            var described = (operation["parameters"]?.AsArray() ?? []).Select(OpenApiFile.Resolve).Where(parameter => $"{parameter["in"]}" == "path").Select(parameter => $"{parameter["name"]}");

            described.ShouldBe(InBraces().Matches(path).Select(match => match.Groups[1].Value), $"{method} {path}");
        }
    }

    [Fact]
    public void Function_key_is_asked_for_where_the_trigger_asks()
    {
        foreach (var (path, _, function, operation) in OpenApiFile.Operations)
        {
            var isKeyed = Functions.Single(one => one.Function == function).Trigger.AuthLevel == AuthorizationLevel.Function;

            $"{operation["security"]}".Contains("functionKey", StringComparison.Ordinal).ShouldBe(isKeyed, path);
        }
    }

    [Fact]
    public void Parameters_of_the_query_are_those_that_the_code_reads()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("KlaviyoRelay.Functions"), "*.cs").Select(File.ReadAllText).ToList();
        var read = sources.SelectMany(source => QueryName().Matches(source)).Select(match => match.Groups["name"].Value).Distinct();
        var described = OpenApiFile.Operations.SelectMany(operation => operation.Operation["parameters"]?.AsArray() ?? []).Select(OpenApiFile.Resolve)
            .Where(parameter => $"{parameter["in"]}" == "query").Select(parameter => $"{parameter["name"]}").Distinct();

        described.ShouldBe(read, ignoreOrder: true);
    }

    [Fact]
    public void Version_is_the_relays() =>
        Repository.Read("Directory.Build.props").ShouldContain($"<Version>{OpenApiFile.Root["info"]?["version"]}</Version>");

    [Fact]
    public async Task Relay_answers_the_document()
    {
        await using var relay = await LoopbackRelay.StartAsync(new InMemoryQueue());

        using var answer = await relay.Http.GetAsync("api/openapi.json", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(OpenApiFile.Text);
    }

    private static IEnumerable<JsonNode> AllReferences(JsonNode? node) => node switch
    {
        JsonObject item when item.ContainsKey("$ref") => [item],
        JsonObject item => item.SelectMany(member => AllReferences(member.Value)),
        JsonArray list => list.SelectMany(AllReferences),
        _ => [],
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InBraces();

    [GeneratedRegex("""Query\["(?<name>\w+)"\]|TryRead\(request, "(?<name>\w+)"|\brequest\.Query\["(?<name>\w+)"\]""")]
    private static partial Regex QueryName();
}
