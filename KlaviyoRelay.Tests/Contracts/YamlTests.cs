using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>azure.yaml and the workflow, as a YAML parser reads them.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("azure.yaml")]
    [InlineData(".github/workflows/ci.yml")]
    public async Task File_is_yaml(string file) => (await ReadAsync(file)).ValueKind.ShouldBe(JsonValueKind.Object);

    [Fact]
    public async Task Package_is_what_the_hook_has_published()
    {
        var service = (await ReadAsync("azure.yaml")).GetProperty("services").GetProperty("relay");

        service.GetProperty("host").GetString().ShouldBe("function");
        // Of azd's languages, the one that takes what a hook has made.
        service.GetProperty("language").GetString().ShouldBe("custom");
        var package = service.GetProperty("dist").GetString().ShouldNotBeNull();
        var hook = service.GetProperty("hooks").GetProperty("prepackage");
        var windows = RunOf(hook, "windows").Split('\n').Single(IsPublish);
        windows.ShouldBe(Repository.Read(RunOf(hook, "posix")).Split('\n').Single(IsPublish));
        // With the vendor's trigger; compiled ahead for Flex Consumption, which brings the runtime.
        string[] options = ["-r", "linux-x64", "--no-self-contained", "-p:ServiceBusExtension=package", "-p:PublishReadyToRun=true"];
        options.ShouldBeSubsetOf(windows.Split(' '));
        windows.ShouldNotContain("Trimmed");
        windows.ShouldEndWith($" -o {package}");

        static bool IsPublish(string line) => line.StartsWith("dotnet publish ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_hook_is_for_every_system_and_its_script_exists()
    {
        var azure = await ReadAsync("azure.yaml");
        var hooks = azure.GetProperty("hooks").EnumerateObject().Concat(azure.GetProperty("services").GetProperty("relay").GetProperty("hooks").EnumerateObject()).ToList();

        hooks.Select(hook => hook.Name).ShouldBe(["preprovision", "postprovision", "prepackage"], ignoreOrder: true);
        foreach (var hook in hooks)
        {
            RunOf(hook.Value, "windows").ShouldNotBeEmpty();
            File.Exists(Repository.PathOf(RunOf(hook.Value, "posix"))).ShouldBeTrue(hook.Name);
        }
    }

    // azd shows what another hook prints in a pane that it wipes, or not at all.
    [Theory]
    [InlineData("preprovision")]
    [InlineData("postprovision")]
    public async Task Hook_that_tells_something_writes_to_the_terminal(string name)
    {
        var hook = (await ReadAsync("azure.yaml")).GetProperty("hooks").GetProperty(name);

        hook.EnumerateObject().ShouldAllBe(system => system.Value.GetProperty("interactive").GetBoolean());
    }

    [Fact]
    public async Task Package_is_checked_on_windows_as_elsewhere()
    {
        var hook = (await ReadAsync("azure.yaml")).GetProperty("services").GetProperty("relay").GetProperty("hooks").GetProperty("prepackage");
        var windows = RunOf(hook, "windows");

        windows.ShouldStartWith("if (Test-Path publish/app) { Remove-Item -Recurse -Force publish/app }\n");
        windows.ShouldContain("if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }\n");
        string[] files = ["host.json", "worker.config.json", "functions.metadata", "local.settings.json"];
        files.ShouldAllBe(file => windows.Contains(file, StringComparison.Ordinal) && Repository.Read("scripts/publish").Contains(file, StringComparison.Ordinal));
    }

    private static string RunOf(JsonElement hook, string system) => hook.GetProperty(system).GetProperty("run").GetString().ShouldNotBeNull();

    private static async Task<JsonElement> ReadAsync(string file)
    {
        var (exitCode, output) = await NodeScript.RunAsync("yaml-to-json.mjs", file);
        exitCode.ShouldBe(0, output);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }
}
