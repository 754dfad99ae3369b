using System.Text.Json;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Kustomer.Window;

/// <summary>
/// Kustomer's servers as they run the card's command: they check it against the app's definition, put the token
/// in its place, ask the relay, and hand the answer to the card.
/// </summary>
internal sealed class CardCommand(CardSettings settings, PreparedAnswers prepared) : IDisposable
{
    private const string Name = $"{CardSettings.App}.app.api.insights";
    private const string Argument = "customerId";
    private const string TokenPlace = "{{authToken}}";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public async Task<Answer> RunAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var command = JsonDocument.Parse(body);
        if (CustomerOf(command.RootElement) is not { } customer)
        {
            return Answered(400, default, fails: true);
        }

        if (await prepared.FindAsync(customer, cancellationToken) is { } answer)
        {
            return Answered(answer.Status, answer.Body, answer.Fails);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, settings.InsightOf(customer));
        foreach (var (name, value) in HeadersOf(command.RootElement))
        {
            request.Headers.TryAddWithoutValidation(name, value.Replace(TokenPlace, settings.Token, StringComparison.Ordinal));
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return Answered((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), fails: false);
        }
        catch (HttpRequestException)
        {
            return Answered(502, default, fails: true);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The customer; null when the app's definition has no such command, or permits another argument.</summary>
    private static string? CustomerOf(JsonElement command) =>
        command.GetProperty("name").GetString() == Name
        && command.GetProperty("args").EnumerateObject().ToList() is [{ Name: Argument, Value.ValueKind: JsonValueKind.String } argument]
            ? argument.Value.GetString()
            : null;

    private static IEnumerable<(string Name, string Value)> HeadersOf(JsonElement command) =>
        command.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            ? headers.EnumerateObject().Select(header => (header.Name, header.Value.GetString() ?? ""))
            : [];

    private static Answer Answered(int status, ReadOnlyMemory<byte> body, bool fails) => JsonBytes.Answer(200, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("statusCode", status);
        json.WriteBoolean("fails", fails);
        json.WritePropertyName("responseBody");
        if (IsJson(body))
        {
            json.WriteRawValue(body.Span);
        }
        else
        {
            json.WriteStringValue(body.Span);
        }

        json.WriteEndObject();
    });

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
