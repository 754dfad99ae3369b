namespace KlaviyoRelay.Tests.Browser;

/// <summary>The browser of this machine. <c>make test</c> installs one where it can (scripts/chromium, which knows the same names).</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string Path { get; } = Find() ?? throw new InvalidOperationException(
        "There is no Chromium: install it, or put the path of a Chromium or Chrome into the environment variable CHROMIUM.");

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
