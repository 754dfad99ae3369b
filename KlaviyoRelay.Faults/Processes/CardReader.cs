using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>What a card was answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Time">How long the answer took.</param>
/// <param name="Profile">The first profile's block; null when there is none.</param>
internal sealed record CardAnswer(int Status, TimeSpan Time, JsonObject? Profile)
{
    private static readonly string[] Groups = ["lists", "segments"];

    /// <summary>Whether an agent sees who it is, what may be sent, and what was.</summary>
    public bool HasEssentials => Profile?["consent"] is JsonArray { Count: > 0 } && Profile["messages"] is JsonArray { Count: > 0 };

    public bool HasGroups => Profile?["lists"] is JsonArray { Count: > 0 } && Profile["segments"] is JsonArray { Count: > 0 };

    /// <summary>Whether the answer says of each part that it lacks when to ask again.</summary>
    public bool SaysWhen => Groups.Where(part => Profile?[part] is null)
        .All(part => Profile?["missing"]?.AsArray().Any(one => one?["part"]?.GetValue<string>() == part && one["askAgainAfterSeconds"]?.GetValue<int>() > 0) == true);
}

/// <summary>Customers of Kustomer whom Klaviyo knows well, and a card that asks for them.</summary>
internal sealed class CardReader : IDisposable
{
    private const string Token = "card-token";
    private const string List = "CardL1";
    private const string Segment = "CardS1";
    private const string Message = "CARDMESSAGE1";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>What switches Kustomer's card on.</summary>
    public static (string Setting, string Value)[] Settings { get; } =
    [
        ("Relay__Connections__kustomer__Card__Secret", "cardToken"),
        ("Relay__Connections__kustomer__Card__RequestsPerMinute", "100000"),
        ("Secrets__cardToken", Token),
    ];

    public static string Customer(int number) => $"card-{number}";

    /// <summary>Makes customers, each with an email of his own, and gives Klaviyo a profile of each: with consent, a list, a segment and a message.</summary>
    public static async Task SeedAsync(SimulatorControl simulator, int customers, CancellationToken cancellationToken)
    {
        var numbers = Enumerable.Range(0, customers).ToList();
        await simulator.SeedAsync([.. numbers.Select(number => new JsonObject
        {
            ["helpdesk"] = "kustomer",
            ["id"] = Customer(number),
            ["emails"] = new JsonArray(new JsonObject { ["email"] = Email(number) }),
        })], cancellationToken);
        await simulator.AddAsync("lists", [Thing("id", List, "name", "Newsletter")], cancellationToken);
        await simulator.AddAsync("segments", [Thing("id", Segment, "name", "VIP", "definition", new JsonObject { ["condition_groups"] = new JsonArray() })], cancellationToken);
        await simulator.AddAsync("campaigns", [Thing("name", "Winter sale", "included", new JsonArray(List), "messages", new JsonArray(Message))], cancellationToken);
        await simulator.AddAsync("profiles", [.. numbers.Select(number => Thing("email", Email(number), "lists", new JsonArray(List), "segments", new JsonArray(Segment)))], cancellationToken);
        await simulator.AddAsync("events", [.. numbers.Select(number => Thing("email", Email(number), "metric", "Received Email", "message", Message, "campaign", "Winter sale"))], cancellationToken);
    }

    public async Task<CardAnswer> AskAsync(Uri relay, int number, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(relay, $"api/insights/kustomer/customers/{Customer(number)}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await _http.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return new CardAnswer((int)answer.StatusCode, watch.Elapsed, answer.IsSuccessStatusCode ? ProfileOf(body) : null);
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject? ProfileOf(string body) => JsonNode.Parse(body)?["accounts"]?[0]?["profiles"] is JsonArray { Count: > 0 } profiles ? profiles[0]?.AsObject() : null;

    private static string Email(int number) => $"card{number}@klaviyo-demo.com";

    private static JsonObject Thing(params JsonNode[] members)
    {
        var thing = new JsonObject { ["key"] = RelaySettings.KlaviyoKey };
        foreach (var pair in members.Chunk(2))
        {
            thing[pair[0].GetValue<string>()] = pair[1];
        }

        return thing;
    }
}
