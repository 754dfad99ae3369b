namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The Service Bus trigger is a stand-in in a build, and the vendor's package in what is published.</summary>
public sealed class FunctionsProjectTests
{
    private const string TriggerPackage = "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus";

    [Fact]
    public async Task Trigger_package_takes_the_stand_ins_place_and_changes_nothing_else()
    {
        var standIns = await ProjectEvaluation.RunAsync(extension: null);
        var package = await ProjectEvaluation.RunAsync(extension: null, "-p:ServiceBusExtension=package");

        package.Names("PackageReference").Except(standIns.Names("PackageReference")).ShouldBe([TriggerPackage]);
        standIns.Names("PackageReference").Except(package.Names("PackageReference")).ShouldBeEmpty();
        var left = standIns.Names("Compile").Except(package.Names("Compile")).ToList();
        left.ShouldNotBeEmpty();
        left.ShouldAllBe(file => file.StartsWith("StandIns/", StringComparison.Ordinal));
        package.Names("Compile").Except(standIns.Names("Compile")).ShouldBeEmpty();
        package.Names("Using").ShouldBe(standIns.Names("Using"));
    }

    [Fact]
    public async Task Trigger_package_can_be_asked_for_by_an_environment_variable_and_can_release_the_session_of_a_batch()
    {
        var project = await ProjectEvaluation.RunAsync("package");

        project.Names("PackageReference").ShouldContain(TriggerPackage);
        // Lower versions fail on every batch of a session: github.com/Azure/azure-functions-dotnet-worker, pull request 2889.
        Version.Parse(project.VersionOf(TriggerPackage).ShouldNotBeNull()).ShouldBeGreaterThanOrEqualTo(new Version(5, 24, 0));
    }
}
