using System.Collections.Concurrent;
using System.Diagnostics;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>A real process with its output captured; killed, with its children, when disposed of.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // A platform gives a stop 30 s; what takes longer would be killed.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private long _peakMemory;

    private ChildProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
    }

    public IEnumerable<string> Lines => _output;

    public string Output => string.Join('\n', _output);

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <summary>User and system time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="workingDirectory">Where it runs; an empty folder keeps local settings files out.</param>
    /// <param name="settings">All of its environment beyond paths and how .NET compiles.</param>
    /// <param name="command">The program and its arguments.</param>
    public static ChildProcess Start(string workingDirectory, IReadOnlyDictionary<string, string> settings, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "TMPDIR" or "DOTNET_ROOT" or "DOTNET_TieredPGO")).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until the address answers at all.</summary>
    public async Task WaitUntilAnsweringAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
        await Eventually.HoldsAsync(
            async () =>
            {
                UnmetException.ThrowUnless(!_process.HasExited, () => $"The process ended at its start:\n{Output}");
                try
                {
                    using var response = await http.GetAsync(address, cancellationToken);
                    return true;
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            Eventually.Patience,
            () => $"{address} did not answer:\n{Output}",
            cancellationToken);
    }

    /// <summary>The most memory it has had so far, in bytes, while it runs or until it was stopped; 0 where the system does not tell.</summary>
    public long PeakMemory()
    {
        _peakMemory = Math.Max(_peakMemory, Status("VmHWM:"));
        return _peakMemory;
    }

    /// <summary>The memory it has now, in bytes; 0 where the system does not tell.</summary>
    public long Memory() => Status("VmRSS:");

    /// <summary>SIGKILL: no chance to finish anything.</summary>
    /// <exception cref="TimeoutException">Something that it started still holds its output open.</exception>
    public async Task KillAsync()
    {
        PeakMemory();
        _process.Kill(entireProcessTree: true);
        await WaitForExitAsync(StopTime, CancellationToken.None);
    }

    /// <summary>SIGTERM, as a platform stops a service.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        PeakMemory();
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        await WaitForExitAsync(StopTime, cancellationToken);
    }

    /// <summary>Waits until it ends by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => WaitForExitAsync(Eventually.Patience, cancellationToken);

    public Task WaitForExitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        _process.WaitForExitAsync(cancellationToken).WaitAsync(atMost, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private long Status(string label)
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
            return line is not null && long.TryParse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal), out var kilobytes) ? kilobytes * 1024 : 0;
        }
        catch (IOException)
        {
            // It has ended, or the system is not Linux.
            return 0;
        }
    }
}
