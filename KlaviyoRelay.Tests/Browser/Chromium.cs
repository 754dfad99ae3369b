namespace KlaviyoRelay.Tests.Browser;

/// <summary>
/// The browser of this machine. <c>make test</c> installs one where it can (scripts/chromium, which knows the same names). Where
/// there is none, the tests that need it are skipped, unless <c>RELAY_BROWSER=required</c> is set, as in CI.
/// </summary>
internal static class Chromium
{
    private const string Missing = "There is no Chromium: install it (make chromium), or put the path of a Chromium or Chrome into the environment variable CHROMIUM.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Null when there is none.</summary>
    public static string? Path { get; } = Find();

    /// <exception cref="InvalidOperationException">There is no browser where one has to be.</exception>
    public static void SkipWithout()
    {
        if (Path is null && Environment.GetEnvironmentVariable("RELAY_BROWSER") == "required")
        {
            throw new InvalidOperationException($"{Missing} RELAY_BROWSER is 'required', so the tests can't be skipped.");
        }

        Assert.SkipWhen(Path is null, Missing);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given)
        {
            return given;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        return folders.SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
