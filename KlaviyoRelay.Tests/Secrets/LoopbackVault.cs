using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>
/// Key Vault as the relay's own client sees it: asks for a token, then answers with the newest version of a secret.
/// Each has a name of its own, because the client remembers a vault's challenge for as long as the process runs.
/// </summary>
internal sealed class LoopbackVault : IAsyncDisposable
{
    public const string Tenant = "2f6f6c1e-3b5a-4a57-9b0e-6f0f3f2d9c11";

    private static int _vaults;

    private readonly ConcurrentDictionary<string, (string Value, int Version)> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _disabled = new(StringComparer.Ordinal);
    private readonly string _hostName = $"relay{Interlocked.Increment(ref _vaults)}.vault.azure.net";
    private readonly string _token;
    private LoopbackServer? _server;

    private LoopbackVault(string token) => _token = token;

    public Uri Uri => new($"https://{_hostName}/");

    public VaultCredential Credential { get; } = new();

    public IReadOnlyList<ReceivedRequest> Requests => Server.Requests;

    /// <summary>How often secrets were asked for; the first request of all carries no token and only fetches the challenge.</summary>
    public int Reads => ReadsOf("");

    public int ReadsOf(string secret) => Server.Requests.Count(request =>
        request.Headers.ContainsKey("Authorization") && request.Target.StartsWith($"/secrets/{secret}", StringComparison.Ordinal));

    public LoopbackServer Server => _server ?? throw new InvalidOperationException("The vault was not started.");

    public static async Task<LoopbackVault> StartAsync(string token = VaultCredential.Token)
    {
        var vault = new LoopbackVault(token);
        vault._server = await LoopbackServer.StartAsync(vault._hostName, vault.OwnAnswer);
        return vault;
    }

    public static RequestDelegate Refuse(int status, string code, string? innerCode = null) => context =>
    {
        var error = new JsonObject { ["code"] = code, ["message"] = "No." };
        if (innerCode is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = innerCode };
        }

        return AnswerAsync(context, status, new JsonObject { ["error"] = error });
    };

    public static RequestDelegate Value(string value, int version = 0) => context => AnswerAsync(context, 200, new JsonObject
    {
        ["value"] = value,
        ["id"] = $"https://{context.Request.Host}{context.Request.Path}/v{version}",
        ["attributes"] = new JsonObject { ["enabled"] = true, ["created"] = 1767225600, ["updated"] = 1767225600 },
    });

    /// <summary>Stores a new version of a secret.</summary>
    public LoopbackVault Holds(string secret, string value)
    {
        _secrets.AddOrUpdate(secret, _ => (value, 1), (_, old) => (value, old.Version + 1));
        return this;
    }

    /// <summary>The next requests get these answers instead of the vault's own.</summary>
    public LoopbackVault Answers(params RequestDelegate[] answers)
    {
        Server.Answers(answers);
        return this;
    }

    /// <summary>The next request is answered when the test says so, with what the vault holds then.</summary>
    public HeldAnswer HoldNext()
    {
        var held = new HeldAnswer();
        Answers(async context =>
        {
            await held.WaitAsync();
            await OwnAnswer(await ReceivedRequest.ReadAsync(context.Request))(context);
        });
        return held;
    }

    public Task StopAsync() => Server.StopAsync();

    public Task RestartAsync() => Server.RestartAsync();

    /// <summary>The real client with the relay's own options, but for delays that are too short to notice.</summary>
    public SecretClient CreateClient(TokenCredential? credential = null)
    {
        var options = KeyVaultOptions.Client();
        options.Transport = Server.Transport;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        // A busy machine may take its time for a TLS handshake.
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return new SecretClient(Uri, credential ?? Credential, options);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString());
    }

    private JsonObject Version(string name, int version) => new()
    {
        ["id"] = FormattableString.Invariant($"{Uri}secrets/{name}/v{version}"),
        ["attributes"] = new JsonObject { ["enabled"] = !_disabled.GetValueOrDefault(FormattableString.Invariant($"v{version}")), ["created"] = 1767225600, ["updated"] = 1767225600 },
    };

    private RequestDelegate OwnAnswer(ReceivedRequest request) => async context =>
    {
        if (!request.Headers.TryGetValue("Authorization", out var authorization))
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer authorization=\"https://login.microsoftonline.com/{Tenant}\", resource=\"https://vault.azure.net\"";
            await Refuse(401, "Unauthorized")(context);
        }
        else if (authorization != $"Bearer {_token}")
        {
            await Refuse(401, "Unauthorized")(context);
        }
        else if (!_secrets.TryGetValue(request.Target.Split('/', '?')[2], out var secret))
        {
            await Refuse(404, "SecretNotFound")(context);
        }
        else if (request.Target.Split('/', '?') is [_, _, var name, "versions", ..])
        {
            await AnswerAsync(context, 200, new JsonObject { ["value"] = new JsonArray([.. Enumerable.Range(1, secret.Version).Select(version => Version(name, version))]) });
        }
        else if (request.Method == "PATCH")
        {
            var version = request.Target.Split('/', '?')[3];
            _disabled[version] = request.Body.AsSpan().IndexOf("\"enabled\":false"u8) >= 0;
            await AnswerAsync(context, 200, Version(request.Target.Split('/', '?')[2], int.Parse(version[1..], System.Globalization.CultureInfo.InvariantCulture)));
        }
        else if (_disabled.GetValueOrDefault(FormattableString.Invariant($"v{secret.Version}")))
        {
            await Refuse(403, "Forbidden", "SecretDisabled")(context);
        }
        else
        {
            await Value(secret.Value, secret.Version)(context);
        }
    };
}
