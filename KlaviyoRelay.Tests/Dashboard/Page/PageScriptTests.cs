using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Contracts;

namespace KlaviyoRelay.Tests.Dashboard.Page;

/// <summary>Parts of the page that need no browser, in Node.js with its clock: page.test.mjs says what they do.</summary>
public sealed class PageScriptTests
{
    [Fact]
    public async Task Page_says_when_there_is_no_news_and_draws_no_line_where_there_is_no_data()
    {
        var folder = Directory.CreateTempSubdirectory("relay-page-");
        try
        {
            // Node.js takes the page's files for modules only beside this.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "package.json"), """{"type":"module"}""", TestContext.Current.CancellationToken);
            foreach (var file in Directory.GetFiles(Repository.PathOf("KlaviyoRelay.Dashboard/Page"), "*.js").Concat(Directory.GetFiles(Repository.PathOf("KlaviyoRelay.Tests/Dashboard/Page"), "*.mjs")))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            var (exitCode, output) = await Script.RunAsync("node", ["--test", "--test-reporter=tap", Path.Combine(folder.FullName, "page.test.mjs")]);

            exitCode.ShouldBe(0, output);
            output.ShouldContain("# pass 4");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
