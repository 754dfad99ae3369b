using KlaviyoRelay.Cli.Settings;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>What a running relay makes of its settings file.</summary>
public sealed class LocalSettingsSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("local-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("{\"Values\":{\"Secrets__key\":\"new\"")]
    [InlineData("[]")]
    public void Settings_stay_when_the_file_is_broken_while_the_relay_runs(string broken)
    {
        Write("""{"Values":{"Secrets__key":"old"}}""");
        var source = LocalSettingsSource.Find(_folder.FullName).ShouldNotBeNull();
        source.ReloadOnChange = false;
        var settings = new ConfigurationBuilder().Add(source).Build();

        Write(broken);
        settings.Reload();
        settings["Secrets:key"].ShouldBe("old");

        Write("""{"Values":{"Secrets__key":"new"}}""");
        settings.Reload();
        settings["Secrets:key"].ShouldBe("new");
    }

    private void Write(string content) => File.WriteAllText(Path.Combine(_folder.FullName, "local.settings.json"), content);
}
