using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Demo;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class DemoSettingsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("demo-settings").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Local_settings_win_over_the_sample_and_the_environment_over_both()
    {
        Write("local.settings.sample.json", """{"Values":{"Relay__Connections__gladly__Webhook__Username":"sample"}}""");
        Load().GladlyUsername.ShouldBe("sample");

        Write("local.settings.json", """{"Values":{"Relay__Connections__gladly__Webhook__Username":"local"}, /* mine */ }""");
        Load().GladlyUsername.ShouldBe("local");

        Load(("Relay__Connections__gladly__Webhook__Username", "environment")).GladlyUsername.ShouldBe("environment");
    }

    [Fact]
    public void Secret_is_found_by_the_name_the_connection_gives()
    {
        Write("local.settings.json", """{"Values":{"Relay__Connections__kustomer__Webhook__Secret":"token","Secrets__token":"t0k3n"}}""");

        Load().KustomerToken.ShouldBe("t0k3n");
    }

    [Fact]
    public void Missing_setting_is_named_with_where_to_set_it()
    {
        Write("local.settings.json", """{"Values":{}}""");

        Should.Throw<SimulatorSetupException>(() => Load().GladlyUsername)
            .Message.ShouldBe("Relay__Connections__gladly__Webhook__Username is not set. Set it in local.settings.json of the current directory, or as an environment variable.");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void File_that_is_not_settings_is_named(string content)
    {
        Write("local.settings.json", content);

        Should.Throw<SimulatorSetupException>(() => Load()).Message.ShouldStartWith("local.settings.json must be JSON");
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_directory, file), content);

    private DemoSettings Load(params (string Name, string Value)[] environment) =>
        DemoSettings.Load(_directory, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
