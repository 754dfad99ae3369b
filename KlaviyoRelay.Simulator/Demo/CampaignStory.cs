using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>One thing that was asked of the relay about a campaign, and what it answered.</summary>
internal sealed record CampaignAnswer(string Asked, string Expected, string Found)
{
    public bool IsGood => Expected == Found;
}

/// <summary>A campaign whose answers are lost: it is asked for twice, made once, scheduled once, and cancelled.</summary>
internal sealed partial class CampaignStory(HttpClient http, DemoAddresses addresses, DemoSettings settings, TimeProvider time)
{
    private const string Name = "Demo sale";
    private const string MakeIt = "make it; Klaviyo's answer is lost";

    public async Task<IReadOnlyList<CampaignAnswer>> TellAsync(DemoRun run, CancellationToken cancellationToken)
    {
        if (settings.CampaignsKey is not { } key)
        {
            return [];
        }

        await SeedAsync(key, cancellationToken);
        var fault = await LoseAsync("/api/campaigns", cancellationToken);
        var (made, id) = await AskAsync("campaigns", Request(run), cancellationToken);
        if (id is null)
        {
            await http.DeleteAsync(new Uri(addresses.Simulator, $"_simulator/faults/{fault}"), cancellationToken);
            return [new CampaignAnswer(MakeIt, "201 draft", made)];
        }

        var (again, second) = await AskAsync("campaigns", Request(run), cancellationToken);
        await LoseAsync("/api/campaign-send-jobs", cancellationToken);
        var (scheduled, _) = await AskAsync($"campaigns/{id}/schedule", body: null, cancellationToken);
        var (twice, _) = await AskAsync($"campaigns/{id}/schedule", body: null, cancellationToken);
        var (cancelled, _) = await AskAsync($"campaigns/{id}/cancel", body: null, cancellationToken);
        var there = (await http.GetFromJsonAsync<JsonArray>(new Uri(addresses.Simulator, "_simulator/klaviyo/campaigns"), cancellationToken) ?? [])
            .Count(one => one?["name"]?.GetValue<string>().StartsWith($"{Name} {run.Name} ", StringComparison.Ordinal) == true && one["sends"]?.GetValue<int>() <= 1);
        return
        [
            new CampaignAnswer(MakeIt, "201 draft", made),
            new CampaignAnswer("make it again", "200 draft, the same", $"{again}{(second == id ? ", the same" : ", another")}"),
            new CampaignAnswer("schedule it; the answer is lost", "200 scheduled", scheduled),
            new CampaignAnswer("schedule it again", "200 scheduled", twice),
            new CampaignAnswer("cancel it", "200 cancelled", cancelled),
            new CampaignAnswer("campaigns in Klaviyo, sent at most once", "1", there.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private JsonObject Request(DemoRun run) => new()
    {
        ["name"] = $"{Name} {run.Name}",
        ["audiences"] = new JsonObject { ["included"] = new JsonArray("Demo newsletter") },
        ["sendAt"] = time.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture),
        ["subject"] = Name,
        ["html"] = "<p>Hello</p>",
    };

    /// <summary>
    /// A list, and the segments that keep customers in conversation out. The relay makes them. It can make none for a connection
    /// without events, so the simulator gets one there that has no member.
    /// </summary>
    private async Task SeedAsync(string key, CancellationToken cancellationToken)
    {
        await ControlAsync("klaviyo/lists", new JsonArray(new JsonObject { ["key"] = key, ["id"] = "DEMOnl", ["name"] = "Demo newsletter" }), cancellationToken);
        using var made = await PostAsync("segments", body: null, cancellationToken);
        var missing = (await JsonOfAsync(made, cancellationToken))?["items"]?.AsArray().Where(item => item?["id"] is null).Select(item => $"{item?["name"]}") ?? [];
        foreach (var name in missing.Where(name => name.StartsWith("In conversation", StringComparison.Ordinal)))
        {
            var nobody = JsonNode.Parse("""{"condition_groups":[{"conditions":[{"type":"profile-property","property":"properties['Nobody']","filter":{"type":"boolean","operator":"equals","value":true}}]}]}""");
            await ControlAsync("klaviyo/segments", new JsonArray(new JsonObject { ["key"] = key, ["name"] = name, ["definition"] = nobody }), cancellationToken);
        }
    }

    private async Task<string?> LoseAsync(string path, CancellationToken cancellationToken) =>
        (await ControlAsync("faults", new JsonObject { ["target"] = "klaviyo", ["method"] = "POST", ["path"] = path, ["drop"] = "after", ["next"] = 1 }, cancellationToken))?["id"]?.ToString();

    private async Task<JsonNode?> ControlAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString());
        using var answer = await http.PostAsync(new Uri(addresses.Simulator, $"_simulator/{path}"), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await JsonOfAsync(answer, cancellationToken);
    }

    private static async Task<JsonNode?> JsonOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        await answer.Content.ReadAsStringAsync(cancellationToken) is { Length: > 0 } text ? JsonNode.Parse(text) : null;

    [GeneratedRegex("name=\"dashboard-token\" content=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>The status of the answer and of the campaign, and its id.</summary>
    private async Task<(string Found, string? Id)> AskAsync(string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(path, body, cancellationToken);
        var json = await JsonOfAsync(answer, cancellationToken);
        var said = (answer.IsSuccessStatusCode ? json?["status"] : json?["detail"])?.ToString();
        return (string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {said}"), json?["id"]?.ToString());
    }

    private async Task<HttpResponseMessage> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(addresses.Relay, $"api/accounts/main/{path}")) { Content = body is null ? null : new StringContent(body.ToJsonString()) };
        // The local host has no function keys: the token of its own page stands in for them.
        request.Headers.Add("X-Dashboard-Token", Token().Match(await http.GetStringAsync(addresses.Relay, cancellationToken)).Groups[1].Value);
        return await http.SendAsync(request, cancellationToken);
    }
}
