using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Tests.Worker.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>The Functions host's end of the worker's protocol: a stream of messages in both directions, and the release of sessions.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _waiting = new();
    private readonly ConcurrentQueue<string> _released = new();
    private readonly ConcurrentQueue<RpcLog> _logs = new();
    private readonly SemaphoreSlim _turn = new(1);
    private IServerStreamWriter<StreamingMessage>? _worker;

    private FunctionsHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(new Stream(this)).AddSingleton(new Sessions(this));
        _server = builder.Build();
        _server.MapGrpcService<Stream>();
        _server.MapGrpcService<Sessions>();
    }

    public string Address => _server.Urls.Single();

    /// <summary>The sessions that were released, in order.</summary>
    public IReadOnlyList<string> Released => [.. _released];

    public IReadOnlyList<RpcLog> Logs => [.. _logs];

    public static async Task<FunctionsHost> StartAsync()
    {
        var host = new FunctionsHost();
        await host._server.StartAsync();
        return host;
    }

    /// <summary>Returns when a worker has called.</summary>
    public Task WaitForWorkerAsync(TimeSpan atMost, CancellationToken cancellationToken) => _started.Task.WaitAsync(atMost, cancellationToken);

    /// <summary>Sends a message and returns the worker's answer to it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="answer">What names the answer: its kind, or the id that it shares with the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message, string answer, CancellationToken cancellationToken)
    {
        var waiting = _waiting.GetOrAdd(answer, _ => new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(message, cancellationToken);
        return await waiting.Task.WaitAsync(Eventually.Patience, cancellationToken);
    }

    public async Task SendAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _worker.ShouldNotBeNull().WriteAsync(message, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _turn.Dispose();
    }

    private void Take(StreamingMessage message)
    {
        var answer = message.ContentCase switch
        {
            StreamingMessage.ContentOneofCase.InvocationResponse => message.InvocationResponse.InvocationId,
            StreamingMessage.ContentOneofCase.FunctionLoadResponse => message.FunctionLoadResponse.FunctionId,
            var kind => $"{kind}",
        };
        if (message.ContentCase == StreamingMessage.ContentOneofCase.StartStream)
        {
            _started.TrySetResult();
        }
        else if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog)
        {
            _logs.Enqueue(message.RpcLog);
        }
        else if (_waiting.TryRemove(answer, out var waiting))
        {
            waiting.SetResult(message);
        }
    }

    private sealed class Stream(FunctionsHost host) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            host._worker = responseStream;
            try
            {
                await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
                {
                    host.Take(message);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The worker has gone.
            }
        }
    }

    private sealed class Sessions(FunctionsHost host) : Settlement.SettlementBase
    {
        public override Task<Empty> ReleaseSession(ReleaseSessionRequest request, ServerCallContext context)
        {
            host._released.Enqueue(request.SessionId);
            return Task.FromResult(new Empty());
        }
    }
}
