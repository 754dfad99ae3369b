using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Simulator.Gladly;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Posts webhooks as the helpdesks do: Gladly with HTTP Basic, Kustomer with an HMAC of the raw body.</summary>
internal sealed class WebhookSender(HttpClient http, Uri relay, DemoSettings settings)
{
    /// <summary>The relay's HTTP status.</summary>
    public async Task<int> PostAsync(DemoStep step, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(step.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(relay, $"api/webhooks/{step.Connection}"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        if (step.Connection == GladlyApi.ServiceName)
        {
            var credentials = Encoding.UTF8.GetBytes($"{settings.GladlyUsername}:{settings.GladlyPassword}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
        else
        {
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.KustomerToken), body);
            request.Headers.Add("X-Kustomer-Webhook-Event", step.Event.StartsWith("conversation.create", StringComparison.Ordinal)
                ? "kustomer.conversation.create"
                : "kustomer.conversation.update");
            request.Headers.Add(settings.KustomerSignatureHeader, Convert.ToHexStringLower(signature));
        }

        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            throw new SimulatorSetupException($"The relay doesn't answer at {relay}. Start it (dotnet run --project KlaviyoRelay.Cli), or say where it is: --relay ADDRESS.");
        }
    }
}
