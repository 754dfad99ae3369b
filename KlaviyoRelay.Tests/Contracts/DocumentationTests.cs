using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>What the documents say about the code is there.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Every_function_is_in_the_architecture()
    {
        var architecture = Repository.Read("ARCHITECTURE.md");

        FunctionMethods.All.Select(method => FunctionMethods.ClassOf(method).Name).ShouldAllBe(name => architecture.Contains($"| `{name}` |", StringComparison.Ordinal));
    }
}
