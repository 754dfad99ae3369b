using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The simulator's control API, from outside.</summary>
internal sealed class SimulatorClient(HttpClient http, Uri address)
{
    public async Task<SeededAddresses> AddressesAsync(CancellationToken cancellationToken)
    {
        using var customers = await GetAsync("_simulator/customers", cancellationToken);
        return new SeededAddresses(customers.RootElement.EnumerateArray().ToDictionary(
            customer => customer.GetProperty("id").GetString() ?? "",
            customer => (
                (IReadOnlyList<string>)[.. customer.GetProperty("emails").EnumerateArray().Select(email => email.GetProperty("email").GetString() ?? "")],
                customer.GetProperty("movedTo").GetString()),
            StringComparer.Ordinal));
    }

    public async Task<long> SequenceAsync(CancellationToken cancellationToken)
    {
        using var state = await GetAsync("_simulator/state?events=false&profiles=false", cancellationToken);
        return state.RootElement.GetProperty("sequence").GetInt64();
    }

    public async Task<IReadOnlyList<RecordedByKlaviyo>> RecordedAsync(long after, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"_simulator/state?after={after}&profiles=false");
        using var state = await GetAsync(path, cancellationToken);
        return [.. state.RootElement.GetProperty("events").EnumerateArray().Select(RecordedByKlaviyo.Parse)];
    }

    /// <summary>The profiles of an email, with their lists and segments.</summary>
    public Task<JsonDocument> ProfilesAsync(string email, CancellationToken cancellationToken) => GetAsync($"_simulator/klaviyo/profiles?email={Uri.EscapeDataString(email)}", cancellationToken);

    /// <summary>Lets the helpdesk know the conversation, as it would when it sends the webhook.</summary>
    public async Task PutConversationAsync(DemoStep step, CancellationToken cancellationToken)
    {
        if (step.Conversation is not { } conversation)
        {
            return;
        }

        var body = JsonBytes.Write(json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("helpdesk", step.Connection);
            json.WriteString("id", conversation.Id);
            json.WriteString("customerId", step.Customer);
            json.WriteString("status", conversation.Status);
            json.WriteEndObject();
            json.WriteEndArray();
        });
        using var content = new ReadOnlyMemoryContent(body);
        using var answer = await http.PostAsync(new Uri(address, "_simulator/conversations"), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await http.GetStreamAsync(new Uri(address, path), cancellationToken);
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new SimulatorSetupException($"The simulator doesn't answer at {address}. Start it (dotnet run --project KlaviyoRelay.Simulator), or say where it is: --simulator ADDRESS.");
        }
    }
}
