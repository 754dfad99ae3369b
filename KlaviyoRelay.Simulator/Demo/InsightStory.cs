using System.Net.Http.Headers;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>What the card says of a customer, set against what the simulator has.</summary>
internal sealed record InsightAnswer(string Customer, int Status, IReadOnlyList<(string Part, string Expected, string Found)> Parts)
{
    public bool IsGood => Status == 200 && Parts.All(part => part.Expected == part.Found);

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> Problems => Status == 200
        ? Parts.Where(part => part.Expected != part.Found).Select(part => $"The card of {Customer}, {part.Part}: '{part.Found}' instead of '{part.Expected}'.")
        : [FormattableString.Invariant($"The card of {Customer} was answered with {Status}.")];
}

/// <summary>Asks for the insight of a customer as Kustomer's card does: by the customer's id, with the card's token.</summary>
internal sealed class InsightStory(HttpClient http, DemoAddresses addresses, DemoSettings settings, SimulatorClient simulator)
{
    public const string Customer = "kustomer-jane";

    /// <param name="email">The customer's email.</param>
    /// <param name="started">When the story began: what the relay read before says nothing of it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<InsightAnswer> AskAsync(string email, DateTimeOffset started, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(addresses.Relay, $"api/insights/kustomer/customers/{Customer}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.CardToken);
        using var answer = await http.SendAsync(request, cancellationToken);
        if ((int)answer.StatusCode != 200)
        {
            return new InsightAnswer(Customer, (int)answer.StatusCode, []);
        }

        using var insight = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        using var profiles = await simulator.ProfilesAsync(email, cancellationToken);
        return new InsightAnswer(Customer, 200, [.. Compare(insight.RootElement.GetProperty("accounts")[0].GetProperty("profiles"), profiles.RootElement, started)]);
    }

    private IEnumerable<(string Part, string Expected, string Found)> Compare(JsonElement said, JsonElement has, DateTimeOffset started)
    {
        yield return ("profiles", Joined(has, profile => Text(profile, "id")), Joined(said, profile => Text(profile, "id")));
        if (said.GetArrayLength() == 0 || has.GetArrayLength() == 0)
        {
            yield break;
        }

        var (profile, known) = (said[0], has[0]);
        yield return ("lists", Joined(known.GetProperty("lists"), id => id.GetString()), Joined(profile.GetProperty("lists"), IdOfLink));
        yield return ("segments", Joined(known.GetProperty("segments"), id => id.GetString()), Joined(profile.GetProperty("segments"), IdOfLink));
        if (settings.KustomerProfileProperty is { } property && profile.GetProperty("asOf").GetDateTimeOffset() >= started)
        {
            var flag = profile.GetProperty("inConversation").EnumerateArray().FirstOrDefault(one => Text(one, "property") == property);
            yield return ("in conversation", Value(known.GetProperty("properties"), property), flag.ValueKind == JsonValueKind.Object ? Value(flag, "value") : "");
        }
    }

    private static string Joined(JsonElement array, Func<JsonElement, string?> text) =>
        array.ValueKind == JsonValueKind.Array ? string.Join(", ", array.EnumerateArray().Select(text).Order(StringComparer.Ordinal)) : "not told";

    private static string? IdOfLink(JsonElement item) => Text(item, "link")?.Split('/')[^1];

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static string Value(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetRawText() : "null";
}
