using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>The repository that this was built from: its files, its built programs, and free ports to run them on.</summary>
internal static class Repository
{
    // Systems give ports from 32768 or 49152 on; those that programs are known by are below these.
    private const int FirstPort = 22_000;
    private const int LastPort = 32_767;

    private static readonly ConcurrentDictionary<int, int> Given = new();

    private static readonly string Configuration =
        new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? throw new UnmetException("This has to run from its build folder.");

    public static string Root { get; } = FindRoot();

    public static string Azurite => Existing(PathOf("node_modules/.bin/azurite"), "Run npm ci --ignore-scripts first.");

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    public static string Read(string relativePath) => File.ReadAllText(PathOf(relativePath));

    public static string Program(string project) =>
        Existing(Path.Combine(Root, project, "bin", Configuration, "net10.0", $"{project}.dll"), $"Build {project} first.");

    /// <summary>
    /// A port that nothing listens at. It is never given twice, because its first process may not listen there yet. The system
    /// does not give it away either: its own ports begin higher.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort + 1);
            if (IsFree(port) && Given.TryAdd(port, port))
            {
                return port;
            }
        }
    }

    /// <summary>Whether nothing listens at a port.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Existing(string path, string otherwise) => File.Exists(path) ? path : throw new UnmetException($"{path} is missing. {otherwise}");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KlaviyoRelay.sln")))
            {
                return folder.FullName;
            }
        }

        throw new UnmetException($"KlaviyoRelay.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
