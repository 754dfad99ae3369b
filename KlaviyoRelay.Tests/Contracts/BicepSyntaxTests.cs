namespace KlaviyoRelay.Tests.Contracts;

/// <summary>scripts/check-bicep.mjs, which reads Bicep where there is no Bicep compiler.</summary>
public sealed class BicepSyntaxTests
{
    [Fact]
    public async Task Infrastructure_has_no_syntax_errors()
    {
        var (exitCode, output) = await NodeScript.RunAsync("check-bicep.mjs");

        exitCode.ShouldBe(0, output);
        output.ShouldContain($"{Bicep.Files.Count} Bicep files, 0 syntax errors");
    }

    [Fact]
    public async Task Syntax_error_is_reported_with_its_file_and_line()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.bicep");
        await File.WriteAllTextAsync(file, "param name string\n\nvar broken = {\n  a: [\n}\n", TestContext.Current.CancellationToken);
        try
        {
            var (exitCode, output) = await NodeScript.RunAsync("check-bicep.mjs", file);

            exitCode.ShouldBe(1);
            output.ShouldMatch($@"{Path.GetFileName(file)}:[34]: ");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
