using System.Text.Json;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>KlaviyoRelay.Functions.csproj as MSBuild evaluates it: nothing is restored and nothing is built.</summary>
internal sealed record ProjectEvaluation(JsonElement Items)
{
    private static readonly string[] Arguments =
        ["msbuild", "KlaviyoRelay.Functions/KlaviyoRelay.Functions.csproj", "-nodeReuse:false", "-getItem:PackageReference,PackageVersion,Compile,Using"];

    /// <param name="extension">The environment variable ServiceBusExtension, as `func start` passes it on, which takes no properties.</param>
    /// <param name="arguments">Properties.</param>
    public static async Task<ProjectEvaluation> RunAsync(string? extension, params string[] arguments)
    {
        var (exitCode, output) = await Script.RunAsync(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [.. Arguments, .. arguments], environment =>
        {
            // A test run is itself a child of MSBuild, whose settings are not for another one.
            foreach (var variable in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                environment.Remove(variable);
            }

            environment["ServiceBusExtension"] = extension;
        });
        exitCode.ShouldBe(0, output);
        using var json = JsonDocument.Parse(output);
        return new ProjectEvaluation(json.RootElement.GetProperty(nameof(Items)).Clone());
    }

    /// <summary>The items' names, with forward slashes on every platform.</summary>
    public IReadOnlyList<string> Names(string type) => [.. Items.GetProperty(type).EnumerateArray().Select(NameOf)];

    public string? VersionOf(string package) =>
        Items.GetProperty("PackageVersion").EnumerateArray().Single(item => NameOf(item) == package).GetProperty("Version").GetString();

    private static string NameOf(JsonElement item) => item.GetProperty("Identity").GetString().ShouldNotBeNull().Replace('\\', '/');
}
