using System.Diagnostics;
using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>KlaviyoRelay.Functions.csproj as MSBuild evaluates it: nothing is restored and nothing is built.</summary>
internal sealed record ProjectEvaluation(JsonElement Answer)
{
    private const string Project = "KlaviyoRelay.Functions/KlaviyoRelay.Functions.csproj";

    public static async Task<ProjectEvaluation> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await RunAsync(new Dictionary<string, string>(), arguments, cancellationToken);

    public static async Task<ProjectEvaluation> RunAsync(IReadOnlyDictionary<string, string> environment, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "msbuild", Project, "-nodeReuse:false",
                "-getItem:PackageReference,PackageVersion,ProjectReference,Compile,Using,None,Content",
                "-getProperty:OutputType,AzureFunctionsVersion,RuntimeIdentifier,PublishReadyToRun,_FunctionsBuildEnabled",
                .. arguments,
            ])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test run is itself a child of MSBuild, whose settings are not for another one.
        foreach (var variable in start.Environment.Keys.Where(IsOfMSBuild).ToList())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start).ShouldNotBeNull();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, output + await error);
        using var json = JsonDocument.Parse(output);
        return new ProjectEvaluation(json.RootElement.Clone());
    }

    public string? Property(string name) => Answer.GetProperty("Properties").GetProperty(name).GetString();

    public IReadOnlyList<JsonElement> ItemsOf(string type) => [.. Answer.GetProperty("Items").GetProperty(type).EnumerateArray()];

    /// <summary>The items' names, with forward slashes on every platform.</summary>
    public IReadOnlyList<string> Names(string type) => [.. ItemsOf(type).Select(NameOf)];

    public static string NameOf(JsonElement item) => item.GetProperty("Identity").GetString().ShouldNotBeNull().Replace('\\', '/');

    private static bool IsOfMSBuild(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.Equals("ServiceBusExtension", StringComparison.OrdinalIgnoreCase);
}
