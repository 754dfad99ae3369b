using System.Net;
using System.Net.Sockets;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>Where the built programs are, and free ports to run them on.</summary>
internal static class Repository
{
    private static readonly string Configuration =
        new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? throw new InvalidOperationException("The tests run outside of their build folder.");

    public static string Root { get; } = FindRoot();

    public static string Azurite => Path.Combine(Root, "node_modules", ".bin", "azurite");

    public static string Program(string project)
    {
        var path = Path.Combine(Root, project, "bin", Configuration, "net10.0", $"{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build {project} first.", path);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KlaviyoRelay.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("KlaviyoRelay.sln is in no folder above the tests.");
    }
}
