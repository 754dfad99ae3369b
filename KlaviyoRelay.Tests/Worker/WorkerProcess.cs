using System.Net.Sockets;
using System.Text.Json;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Worker.Rpc;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>The built worker as a process, with its functions loaded, and what a Functions host has it do.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly Dictionary<string, RpcFunctionMetadata> _functions = [];
    private int _invocations;

    private WorkerProcess(FunctionsHost host, ChildProcess process) => (Host, _process) = (host, process);

    public FunctionsHost Host { get; }

    /// <summary>The built app, or the one in the folder that PUBLISHED_APP names (`make test-published`).</summary>
    private static string Program => Environment.GetEnvironmentVariable("PUBLISHED_APP") is { Length: > 0 } folder
        ? Repository.PathOf(Path.Combine(folder, "KlaviyoRelay.Functions.dll"))
        : Repository.Program("KlaviyoRelay.Functions");

    public ChildProcess Process => _process;

    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => _functions;

    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>How long it took from the process's start to the last function's load.</summary>
    public TimeSpan LoadTime { get; private set; }

    /// <summary>Starts the process alone, as the host does.</summary>
    public static ChildProcess Start(string folder, IReadOnlyDictionary<string, string> settings, string hostAddress)
    {
        var program = Program;
        return ChildProcess.Start(
            Path.GetDirectoryName(program) ?? folder,
            new Dictionary<string, string>(settings) { ["FUNCTIONS_APPLICATION_DIRECTORY"] = Path.GetDirectoryName(program) ?? folder },
            "dotnet", program, "--functions-uri", hostAddress, "--functions-request-id", "r1", "--functions-worker-id", "w1", "--functions-grpc-max-message-length", $"{int.MaxValue}");
    }

    /// <summary>Starts the process and loads every function.</summary>
    public static async Task<WorkerProcess> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var host = await FunctionsHost.StartAsync();
        var worker = new WorkerProcess(host, Start(folder, settings, host.Address));
        try
        {
            await host.WaitForWorkerAsync(Eventually.Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new UnmetException($"The worker did not call its host:\n{worker._process.Output}");
        }

        await worker.LoadAsync(cancellationToken);
        worker.LoadTime = watch.Elapsed;
        await worker.WaitForHttpAsync(cancellationToken);
        return worker;
    }

    /// <summary>Runs a batch of a queue's trigger.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="messages">The messages' bodies.</param>
    /// <param name="session">The session that the trigger holds; null where it has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<InvocationResponse> RunBatchAsync(string function, IReadOnlyList<string> messages, string? session, CancellationToken cancellationToken)
    {
        var request = Request(function);
        request.InputData.Add(new ParameterBinding { Name = "messages", Data = new TypedData { CollectionString = Texts(messages) } });
        if (session is not null)
        {
            request.TriggerMetadata["SessionIdArray"] = new TypedData { CollectionString = Texts(messages.Select(_ => session)) };
            request.TriggerMetadata["SessionActions"] = new TypedData { Json = """{"SessionLockedUntil":"2026-01-15T14:05:00+00:00"}""" };
        }

        return InvokeAsync(request, cancellationToken);
    }

    public Task<InvocationResponse> RunTimerAsync(string function, CancellationToken cancellationToken)
    {
        var request = Request(function);
        request.InputData.Add(new ParameterBinding { Name = "timer", Data = new TypedData { Json = """{"IsPastDue":false}""" } });
        return InvokeAsync(request, cancellationToken);
    }

    /// <summary>Sends a request to the worker's own address and tells it over the stream at the same time.</summary>
    public async Task<HttpResponseMessage> SendAsync(string function, HttpRequestMessage http, CancellationToken cancellationToken, params (string Name, string Value)[] route)
    {
        var request = Request(function);
        var address = new Uri(new Uri(Capabilities["HttpUri"]), http.RequestUri?.ToString());
        request.InputData.Add(new ParameterBinding { Name = "request", Data = new TypedData { Http = new RpcHttp { Method = http.Method.Method, Url = address.AbsoluteUri } } });
        foreach (var (name, value) in route)
        {
            request.TriggerMetadata[name] = new TypedData { Text = value };
        }

        http.RequestUri = address;
        http.Headers.Add("x-ms-invocation-id", request.InvocationId);
        using var client = new HttpClient();
        var invocation = InvokeAsync(request, cancellationToken);
        var response = await client.SendAsync(http, cancellationToken);
        await invocation;
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Host.DisposeAsync();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Program) ?? "";
        var init = new WorkerInitRequest { HostVersion = "4.1037.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        var initiated = (await Host.AskAsync(new StreamingMessage { RequestId = "r1", WorkerInitRequest = init }, "WorkerInitResponse", cancellationToken)).WorkerInitResponse;
        initiated.Result.Status.ShouldBe(StatusResult.Types.Status.Success);
        Capabilities = initiated.Capabilities;

        var ask = new FunctionsMetadataRequest { FunctionAppDirectory = folder };
        var metadata = (await Host.AskAsync(new StreamingMessage { RequestId = "r2", FunctionsMetadataRequest = ask }, "FunctionMetadataResponse", cancellationToken)).FunctionMetadataResponse;
        metadata.Result.Status.ShouldBe(StatusResult.Types.Status.Success);
        foreach (var function in metadata.Results)
        {
            // The host reads the bindings of what the worker wrote.
            foreach (var binding in function.RawBindings.Select(raw => JsonDocument.Parse(raw).RootElement))
            {
                function.Bindings[Text(binding, "name")] = new BindingInfo
                {
                    Type = Text(binding, "type"),
                    Direction = string.Equals(Text(binding, "direction"), "Out", StringComparison.OrdinalIgnoreCase) ? 1 : 0,
                    DataType = Text(binding, "dataType") == "String" ? 1 : 0,
                };
            }

            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = (await Host.AskAsync(new StreamingMessage { RequestId = "r3", FunctionLoadRequest = load }, function.FunctionId, cancellationToken)).FunctionLoadResponse;
            loaded.Result.Status.ShouldBe(StatusResult.Types.Status.Success, $"{function.Name}: {loaded.Result.Exception?.Message}");
            _functions[function.Name] = function;
        }
    }

    // The functions are loaded a moment before the worker listens.
    private Task WaitForHttpAsync(CancellationToken cancellationToken) => Eventually.HoldsAsync(
        async () =>
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(new Uri(Capabilities["HttpUri"]).Host, new Uri(Capabilities["HttpUri"]).Port, cancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        },
        Eventually.Patience,
        () => $"The worker does not listen:\n{_process.Output}",
        cancellationToken);

    private InvocationRequest Request(string function) => new()
    {
        InvocationId = $"invocation-{Interlocked.Increment(ref _invocations)}",
        FunctionId = _functions[function].FunctionId,
        TraceContext = new RpcTraceContext { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
    };

    private async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken) =>
        (await Host.AskAsync(new StreamingMessage { RequestId = request.InvocationId, InvocationRequest = request }, request.InvocationId, cancellationToken)).InvocationResponse;

    private static string Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static CollectionString Texts(IEnumerable<string> items)
    {
        var texts = new CollectionString();
        texts.Items.AddRange(items);
        return texts;
    }
}
