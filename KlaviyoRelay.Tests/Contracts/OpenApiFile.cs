using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>KlaviyoRelay.Functions/openapi.json, as JSON.</summary>
internal static class OpenApiFile
{
    public static string Text { get; } = Repository.Read("KlaviyoRelay.Functions/openapi.json");

    public static JsonObject Root { get; } = JsonNode.Parse(Text).ShouldNotBeNull().AsObject();

    /// <summary>Each operation, by the name of its function.</summary>
    public static IReadOnlyList<(string Path, string Method, string Function, JsonObject Operation)> Operations { get; } =
    [
        .. from path in Root["paths"].ShouldNotBeNull().AsObject()
           from operation in path.Value.ShouldNotBeNull().AsObject()
           select (path.Key, operation.Key, $"{operation.Value?["operationId"]}".Split('-')[0], operation.Value.ShouldNotBeNull().AsObject()),
    ];

    public static IEnumerable<int> Statuses(JsonObject operation) =>
        operation["responses"].ShouldNotBeNull().AsObject().Select(response => int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What a reference stands for; a node that is none stands for itself.</summary>
    public static JsonObject Resolve(JsonNode? node)
    {
        var here = node.ShouldNotBeNull().AsObject();
        if (here["$ref"] is not { } reference)
        {
            return here;
        }

        var found = (JsonNode?)Root;
        foreach (var name in $"{reference}".TrimStart('#', '/').Split('/'))
        {
            found = found?[name];
        }

        return found.ShouldNotBeNull($"{reference} stands for nothing.").AsObject();
    }
}
