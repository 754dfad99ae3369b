namespace KlaviyoRelay.Tests.Contracts;

/// <summary>KlaviyoRelay.Functions is the Azure Functions app in every build; the trigger package is the one choice.</summary>
public sealed class FunctionsProjectTests
{
    private const string TriggerPackage = "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus";
    private const string Package = "-p:ServiceBusExtension=package";

    private static readonly string[] WorkerPackages =
    [
        "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer",
        "Microsoft.Azure.Functions.Worker.OpenTelemetry",
        "Microsoft.Azure.Functions.Worker.Sdk",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData()]
    [InlineData(Package)]
    public async Task App_is_a_program_of_functions_v4_with_the_workers_packages(params string[] arguments)
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, arguments);

        project.Property("OutputType").ShouldBe("Exe");
        project.Property("AzureFunctionsVersion").ShouldBe("v4");
        project.Names("PackageReference").Where(IsOfWorker).Except([TriggerPackage]).ShouldBe(WorkerPackages, ignoreOrder: true);
        project.Names("ProjectReference").ShouldBe(["../KlaviyoRelay.Core/KlaviyoRelay.Core.csproj"]);
        // A build for whoever develops; scripts/publish says what it is published for.
        project.Property("RuntimeIdentifier").ShouldBe("");
        project.Property("PublishReadyToRun").ShouldBe("");
    }

    [Fact]
    public async Task Trigger_package_takes_the_stand_ins_place_and_changes_nothing_else()
    {
        var standIns = await ProjectEvaluation.RunAsync(Cancellation);
        var package = await ProjectEvaluation.RunAsync(Cancellation, Package);

        package.Names("PackageReference").Except(standIns.Names("PackageReference")).ShouldBe([TriggerPackage]);
        standIns.Names("PackageReference").Except(package.Names("PackageReference")).ShouldBeEmpty();
        var left = standIns.Names("Compile").Except(package.Names("Compile")).ToList();
        left.ShouldNotBeEmpty();
        left.ShouldAllBe(file => file.StartsWith("StandIns/", StringComparison.Ordinal));
        package.Names("Compile").Except(standIns.Names("Compile")).ShouldBeEmpty();
        package.Names("Using").ShouldBe(standIns.Names("Using"));
    }

    // As `func start` asks for it, which takes no properties.
    [Fact]
    public async Task Trigger_package_can_be_asked_for_by_an_environment_variable()
    {
        var project = await ProjectEvaluation.RunAsync(new Dictionary<string, string> { ["ServiceBusExtension"] = "package" }, [], Cancellation);

        project.Names("PackageReference").ShouldContain(TriggerPackage);
    }

    // Lower versions fail on every batch of a session: github.com/Azure/azure-functions-dotnet-worker, pull request 2889.
    [Fact]
    public async Task Trigger_package_is_one_that_can_release_the_session_of_a_batch()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, Package);

        var version = project.ItemsOf("PackageVersion").Single(item => ProjectEvaluation.NameOf(item) == TriggerPackage).GetProperty("Version").GetString();
        Version.Parse(version.ShouldNotBeNull()).ShouldBeGreaterThanOrEqualTo(new Version(5, 24, 0));
    }

    // They take a second restore and build, and only a Functions host reads them.
    [Fact]
    public async Task Files_of_the_functions_host_are_made_with_the_trigger_package_only()
    {
        (await ProjectEvaluation.RunAsync(Cancellation)).Property("_FunctionsBuildEnabled").ShouldBe("false");
        (await ProjectEvaluation.RunAsync(Cancellation, Package)).Property("_FunctionsBuildEnabled").ShouldBe("true");
    }

    [Theory]
    [InlineData()]
    [InlineData(Package)]
    public async Task Local_settings_are_not_published(params string[] arguments)
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation, arguments);

        project.ItemsOf("None").Concat(project.ItemsOf("Content"))
            .Where(item => ProjectEvaluation.NameOf(item).Contains("local.settings", StringComparison.Ordinal))
            .ShouldAllBe(item => item.GetProperty("CopyToPublishDirectory").GetString() == "Never");
    }

    [Fact]
    public async Task Host_json_goes_along_to_output_and_publish()
    {
        var project = await ProjectEvaluation.RunAsync(Cancellation);

        var hostJson = project.ItemsOf("None").Single(item => ProjectEvaluation.NameOf(item) == "../host.json");
        hostJson.GetProperty("Link").GetString().ShouldBe("host.json");
        hostJson.GetProperty("CopyToOutputDirectory").GetString().ShouldBe("PreserveNewest");
        hostJson.GetProperty("CopyToPublishDirectory").GetString().ShouldBe("PreserveNewest");
    }

    private static bool IsOfWorker(string package) => package.StartsWith("Microsoft.Azure.Functions.", StringComparison.Ordinal);
}
