using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using KlaviyoRelay.Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions.Storage;

/// <summary>Blob storage: keeps containers and blobs, unless a script says otherwise.</summary>
internal sealed class LoopbackBlobs : IAsyncDisposable
{
    private const string HostName = "relay.blob.core.windows.net";

    private readonly ConcurrentDictionary<string, byte[]> _stored;
    private readonly LoopbackServer _server;

    private LoopbackBlobs(LoopbackServer server, ConcurrentDictionary<string, byte[]> stored) => (_server, _stored) = (server, stored);

    public IReadOnlyList<ReceivedRequest> Requests => _server.Requests;

    public IEnumerable<string> Targets => Requests.Select(request => $"{request.Method} {request.Target}");

    public static async Task<LoopbackBlobs> StartAsync()
    {
        var stored = new ConcurrentDictionary<string, byte[]>();
        return new LoopbackBlobs(await LoopbackServer.StartAsync(HostName, request => StorageAnswer(stored, request)), stored);
    }

    /// <summary>The next requests get these answers instead of storage's own.</summary>
    public LoopbackBlobs Answers(params RequestDelegate[] answers)
    {
        _server.Answers(answers);
        return this;
    }

    public LoopbackBlobs With(string path, string text)
    {
        _stored[path] = System.Text.Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>From here on the port refuses connections.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>The code under test.</summary>
    public BlobRecoveryMarkStore CreateStore() => new(Service());

    /// <summary>A client with delays that are too short to notice.</summary>
    public BlobServiceClient Service()
    {
        var options = new BlobClientOptions { Transport = _server.Transport };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return new BlobServiceClient(new Uri($"https://{HostName}"), new StorageCredential(), options);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static RequestDelegate Refuse(int status, string code) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        return Task.CompletedTask;
    };

    private static RequestDelegate StorageAnswer(ConcurrentDictionary<string, byte[]> stored, ReceivedRequest request)
    {
        if (request.Method == "GET")
        {
            return stored.TryGetValue(request.Target, out var text) ? context => context.Response.Body.WriteAsync(text).AsTask() : Refuse(404, "BlobNotFound");
        }

        var container = request.Target.Split('/', '?')[1];
        if (request.Target.EndsWith("?restype=container", StringComparison.Ordinal))
        {
            return stored.TryAdd(container, []) ? LoopbackAnswer.Status(201) : Refuse(409, "ContainerAlreadyExists");
        }

        if (!stored.ContainsKey(container))
        {
            return Refuse(404, "ContainerNotFound");
        }

        stored[request.Target] = request.Body;
        return LoopbackAnswer.Status(201);
    }
}
