using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>infra/ as the Bicep compiler reads it (scripts/bicep.mjs).</summary>
public sealed class BicepCompilerTests : IDisposable
{
    // The script's exit code where there is no compiler for the system.
    private const int NotChecked = 3;

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory();

    public void Dispose() => _copy.Delete(recursive: true);

    [Fact]
    public async Task Infrastructure_compiles_without_a_warning_and_makes_what_the_snapshot_holds()
    {
        var (exitCode, output) = await ValidateAsync(Repository.PathOf("infra"));

        exitCode.ShouldBe(0, $"{output}\nIf a difference is what you want: make snapshot");
    }

    [Fact]
    public async Task Lock_that_is_made_shorter_differs_from_the_snapshot()
    {
        Change("service-bus.bicep", "lockDuration: 'PT5M'", "lockDuration: 'PT1M'");

        var (exitCode, output) = await ValidateAsync(_copy.FullName);

        exitCode.ShouldBe(1, output);
        output.ShouldContain("properties.lockDuration: \"PT5M\" => \"PT1M\"");
    }

    [Fact]
    public async Task Names_that_the_relay_refuses_stop_the_deployment()
    {
        var tooLong = new string('n', 33);
        Change("main.parameters.json", "\"main\": {", $"\"Main\": {{ \"PrivateKeySecret\": \"key\" }}, \"{tooLong}\": {{ \"PrivateKeySecret\": \"key\" }}, \"main_2\": {{");
        Change("main.parameters.json", "\"gladly\": {", "\"glad-ly\": { \"Brands\": { \"ü\": { \"Ids\": \"1\", \"Account\": \"main_2\" } },");

        var (exitCode, output) = await ValidateAsync(_copy.FullName);

        exitCode.ShouldBe(1, output);
        output.ShouldContain($"Names of accounts, connections, syncs and brands are 1 to 32 of a-z, 0-9 and _. These are not: Main, {tooLong}, glad-ly, ü.");
    }

    private void Change(string file, string text, string replacement)
    {
        if (!_copy.EnumerateFiles().Any())
        {
            foreach (var original in Directory.EnumerateFiles(Repository.PathOf("infra")))
            {
                File.Copy(original, Path.Combine(_copy.FullName, Path.GetFileName(original)));
            }
        }

        var path = Path.Combine(_copy.FullName, file);
        var before = File.ReadAllText(path);
        before.ShouldContain(text);
        File.WriteAllText(path, before.Replace(text, replacement, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> ValidateAsync(string folder)
    {
        var (exitCode, output) = await Script.NodeAsync("bicep.mjs", "validate", folder);
        if (exitCode == NotChecked)
        {
            Assert.Skip(output.Trim());
        }

        return (exitCode, output);
    }
}
