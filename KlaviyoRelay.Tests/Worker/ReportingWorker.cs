using System.Net;
using System.Text;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Tests.Functions.ServiceBus;
using KlaviyoRelay.Tests.Secrets;
using KlaviyoRelay.Tests.Telemetry;
using KlaviyoRelay.Tests.Worker.Rpc;

namespace KlaviyoRelay.Tests.Worker;

/// <summary>
/// What a worker needs that reports to Application Insights as on Azure: by HTTPS, signed in with its identity, its keys in
/// a vault. What it reports goes to an OTLP collector as well.
/// </summary>
internal sealed class ReportingWorker : IAsyncDisposable
{
    private const string ClientId = "0f1e2d3c-0000-4000-8000-000000000010";

    private LoopbackVault? _vault;
    private LoopbackIdentity? _identity;
    private OtlpReceiver? _otlp;
    private LoopbackInsights? _insights;
    private ConnectProxy? _proxy;
    private string _trusted = "";

    public RelayStack Stack { get; } = new();

    public LoopbackServiceBus ServiceBus { get; } = new();

    public LoopbackInsights Insights => _insights.ShouldNotBeNull();

    public OtlpReceiver Otlp => _otlp.ShouldNotBeNull();

    public LoopbackIdentity Identity => _identity.ShouldNotBeNull();

    public ConnectProxy Proxy => _proxy.ShouldNotBeNull();

    /// <summary>What the worker wrote to its host about a webhook that it refused.</summary>
    public IReadOnlyList<RpcLog> LogsOfRefusal { get; private set; } = [];

    private Dictionary<string, string> Settings
    {
        get
        {
            var settings = Stack.Settings.Where(setting => !setting.Key.StartsWith("Secrets__", StringComparison.Ordinal)).ToDictionary();
            settings[QueueNames.Connection] = ServiceBus.ConnectionString;
            settings["RecoverSchedule"] = "0 */15 * * * *";
            settings["KeyVault__Uri"] = _vault.ShouldNotBeNull().Uri.AbsoluteUri;
            settings["AZURE_CLIENT_ID"] = ClientId;
            settings["IDENTITY_ENDPOINT"] = Identity.Address;
            settings["IDENTITY_HEADER"] = LoopbackIdentity.Header;
            settings["SSL_CERT_FILE"] = _trusted;
            settings["HTTPS_PROXY"] = Proxy.Address;
            settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] = Insights.ConnectionString;
            // The exporter's reports about itself to its makers.
            settings["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true";
            settings["OTEL_DOTNET_AZURE_MONITOR_ENABLE_RESOURCE_METRICS"] = "false";
            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = Otlp.Address;
            settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            return settings;
        }
    }

    public async Task StartSurroundingsAsync(CancellationToken cancellationToken)
    {
        _identity = await LoopbackIdentity.StartAsync();
        _insights = await LoopbackInsights.StartAsync();
        _otlp = await OtlpReceiver.StartAsync(cancellationToken);
        // Kustomer's key is missing.
        _vault = (await LoopbackVault.StartAsync(LoopbackIdentity.Token))
            .Holds("klaviyoKey", RelaySettings.KlaviyoKey)
            .Holds("gladlyPassword", RelaySettings.GladlyPassword)
            .Holds("gladlyToken", "gladly-api-token")
            .Holds("kustomerToken", RelaySettings.KustomerToken);
        _proxy = new ConnectProxy(_vault.Server, _insights.Server);
        _trusted = Path.Combine(Stack.Folder, "trusted.pem");
        await File.WriteAllTextAsync(_trusted, $"{_vault.Server.Pem}\n{_insights.Server.Pem}\n", cancellationToken);
        await Stack.StartSurroundingsAsync(cancellationToken);
    }

    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="differences">Settings of this worker alone.</param>
    public async Task<WorkerProcess> StartAsync(CancellationToken cancellationToken, params (string Name, string Value)[] differences)
    {
        var settings = Settings;
        foreach (var (name, value) in differences)
        {
            settings[name] = value;
        }

        var worker = await WorkerProcess.StartAsync(Stack.Folder, settings, cancellationToken);
        await RefuseAsync(worker, cancellationToken);
        return worker;
    }

    /// <summary>Posts a Gladly webhook for a conversation.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        WorkerProcess worker, Conversation conversation, CancellationToken cancellationToken, string connection = "gladly", bool isSigned = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/webhooks/{connection}")
        {
            Content = new StringContent(
                new GladlyWebhookBuilder().With("id", conversation.Id).With("timestamp", Now).With("content.customerId", conversation.CustomerId).With("content.conversationId", conversation.Id).Build(),
                Encoding.UTF8,
                "application/json"),
        };
        if (isSigned)
        {
            WebhookSender.BasicCredentials(request.Headers);
        }

        return await worker.SendAsync(nameof(ReceiveWebhook), request, cancellationToken, ("connection", connection));
    }

    /// <summary>The queue's message of a conversation's webhook.</summary>
    public string Queued(Conversation conversation) =>
        ServiceBus.Sent.Single(sent => sent.Queue == QueueNames.ConversationEvents && sent.Body.Contains($"\"{conversation.Id}\"", StringComparison.Ordinal)).Body;

    public static async Task RelayAsync(WorkerProcess worker, CancellationToken cancellationToken, params IReadOnlyList<string> messages)
    {
        var result = await worker.RunBatchAsync(nameof(RelayConversationEvents), messages, "main", cancellationToken);
        result.Result.Status.ShouldBe(StatusResult.Types.Status.Success, result.Result.Exception?.Message);
    }

    // Until the vault has told the password: on a busy machine its first answer can come too late.
    private Task RefuseAsync(WorkerProcess worker, CancellationToken cancellationToken) => Eventually.HoldsAsync(
        async () =>
        {
            var before = worker.Host.Logs.Count;
            using var answer = await PostAsync(worker, ConversationLoad.Of(1, "refused").Conversations[0], cancellationToken, isSigned: false);
            // Logs come before the run's answer on the same stream.
            LogsOfRefusal = [.. worker.Host.Logs.Skip(before)];
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        },
        Eventually.Patience,
        () => $"No webhook was refused:\n{string.Join('\n', LogsOfRefusal)}",
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        await ServiceBus.DisposeAsync();
        await Proxy.DisposeAsync();
        await _vault.ShouldNotBeNull().DisposeAsync();
        await Otlp.DisposeAsync();
        await Insights.DisposeAsync();
        await Identity.DisposeAsync();
    }

    private static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
