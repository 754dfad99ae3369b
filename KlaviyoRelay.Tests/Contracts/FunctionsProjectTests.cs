namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The two flavours of KlaviyoRelay.Functions: the Azure Functions worker, and the library that the local host runs.</summary>
public sealed class FunctionsProjectTests
{
    private static readonly string[] WorkerPackages =
    [
        "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer",
        "Microsoft.Azure.Functions.Worker.Sdk",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_is_a_program_of_functions_v4_with_the_workers_packages()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, "-p:FunctionsWorker=true");

        project.Property("OutputType").ShouldBe("Exe");
        project.Property("AzureFunctionsVersion").ShouldBe("v4");
        project.Names("PackageReference").Where(IsOfWorker).ShouldBe(WorkerPackages, ignoreOrder: true);
        WorkerPackages.Except(project.Names("PackageVersion")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Worker_compiles_its_entry_point_and_none_of_the_embedded_attributes()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, "-p:FunctionsWorker=true");

        project.Names("Compile").ShouldContain("Program.cs");
        project.Names("Compile").ShouldNotContain(file => file.StartsWith("Embedded/", StringComparison.Ordinal));
        project.Names("Using").ShouldContain("Microsoft.Azure.Functions.Worker");
        project.Names("Using").ShouldNotContain("KlaviyoRelay.Functions.Embedded");
    }

    [Fact]
    public async Task Library_has_the_embedded_attributes_and_nothing_of_the_worker()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation);

        project.Property("OutputType").ShouldBe("Library");
        project.Names("PackageReference").ShouldNotContain(package => IsOfWorker(package));
        project.Names("Compile").ShouldContain("Embedded/TriggerAttributes.cs");
        project.Names("Compile").ShouldNotContain("Program.cs");
        project.Names("Using").ShouldContain("KlaviyoRelay.Functions.Embedded");
        project.Names("Using").ShouldNotContain("Microsoft.Azure.Functions.Worker");
    }

    [Fact]
    public async Task Flavours_differ_in_nothing_but_entry_point_and_attributes()
    {
        var worker = await ProjectEvaluation.RunAsync(Cancellation, "-p:FunctionsWorker=true");
        var library = await ProjectEvaluation.RunAsync(Cancellation);

        worker.Names("Compile").Except(library.Names("Compile")).ShouldBe(["Program.cs"]);
        library.Names("Compile").Except(worker.Names("Compile")).ShouldBe(["Embedded/TriggerAttributes.cs"]);
    }

    [Fact]
    public async Task Worker_is_compiled_ahead_for_flex_consumption_and_brings_no_runtime()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, "-p:FunctionsWorker=true", "-p:Configuration=Release");

        project.Property("RuntimeIdentifier").ShouldBe("linux-x64");
        project.Property("PublishReadyToRun").ShouldBe("true");
        project.Property("SelfContained").ShouldBe("false");
        project.Property("PublishDocumentationFiles").ShouldBe("false");
        // The worker's extensions are found by reflection.
        project.Property("PublishTrimmed").ShouldBeOneOf("", "false");
    }

    // What is referenced is loaded or at least carried: a cold start pays for it.
    [Fact]
    public async Task Worker_references_the_worker_and_core_and_nothing_else()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, "-p:FunctionsWorker=true");

        project.ItemsOf("PackageReference")
            .Where(item => !(item.TryGetProperty("PrivateAssets", out var assets) && assets.GetString() == "all"))
            .Select(ProjectEvaluation.NameOf)
            .ShouldBe([.. WorkerPackages, "OpenTelemetry.Exporter.OpenTelemetryProtocol"], ignoreOrder: true);
        project.Names("ProjectReference").ShouldBe(["../KlaviyoRelay.Core/KlaviyoRelay.Core.csproj"]);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Local_settings_are_not_published(string functionsWorker)
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, $"-p:FunctionsWorker={functionsWorker}");

        project.ItemsOf("None").Concat(project.ItemsOf("Content"))
            .Where(item => ProjectEvaluation.NameOf(item).Contains("local.settings", StringComparison.Ordinal))
            .ShouldAllBe(item => item.GetProperty("CopyToPublishDirectory").GetString() == "Never");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Host_json_goes_along_to_output_and_publish(string functionsWorker)
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, $"-p:FunctionsWorker={functionsWorker}");

        var hostJson = project.ItemsOf("None").Single(item => ProjectEvaluation.NameOf(item) == "../host.json");
        hostJson.GetProperty("Link").GetString().ShouldBe("host.json");
        hostJson.GetProperty("CopyToOutputDirectory").GetString().ShouldBe("PreserveNewest");
        hostJson.GetProperty("CopyToPublishDirectory").GetString().ShouldBe("PreserveNewest");
    }

    private static bool IsOfWorker(string package) => package.StartsWith("Microsoft.Azure.Functions.", StringComparison.Ordinal);
}
