namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KlaviyoRelay.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"KlaviyoRelay.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
