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

    public async Task<IReadOnlyList<CampaignAnswer>> TellAsync(DemoRun run, CancellationToken cancellationToken)
    {
        if (settings.CampaignsKey is not { } key)
        {
            return [];
        }

        await SeedAsync(key, cancellationToken);
        await LoseAsync("/api/campaigns", cancellationToken);
        var (made, id) = await AskAsync("campaigns", Request(run), cancellationToken);
        var (again, second) = await AskAsync("campaigns", Request(run), cancellationToken);
        await LoseAsync("/api/campaign-send-jobs", cancellationToken);
        var (scheduled, _) = await AskAsync($"campaigns/{id}/schedule", body: null, cancellationToken);
        var (twice, _) = await AskAsync($"campaigns/{id}/schedule", body: null, cancellationToken);
        var (cancelled, _) = await AskAsync($"campaigns/{id}/cancel", body: null, cancellationToken);
        var there = (await http.GetFromJsonAsync<JsonArray>(new Uri(addresses.Simulator, "_simulator/klaviyo/campaigns"), cancellationToken) ?? [])
            .Count(one => one?["name"]?.GetValue<string>().StartsWith($"{Name} {run.Name} ", StringComparison.Ordinal) == true && one["sends"]?.GetValue<int>() <= 1);
        return
        [
            new CampaignAnswer("make it; Klaviyo's answer is lost", "201 draft", made),
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

    /// <summary>A list, and the segments that keep customers in conversation out.</summary>
    private async Task SeedAsync(string key, CancellationToken cancellationToken)
    {
        await ControlAsync("klaviyo/lists", new JsonArray(new JsonObject { ["key"] = key, ["id"] = "DEMOnl", ["name"] = "Demo newsletter" }), cancellationToken);
        foreach (var (connection, property) in new[] { ("gladly", "In Gladly Conversation"), ("kustomer", settings.KustomerProfileProperty ?? "In Kustomer Conversation") })
        {
            var condition = new JsonObject
            {
                ["type"] = "profile-property",
                ["property"] = $"properties['{property}']",
                ["filter"] = new JsonObject { ["type"] = "boolean", ["operator"] = "equals", ["value"] = true },
            };
            var definition = new JsonObject { ["condition_groups"] = new JsonArray(new JsonObject { ["conditions"] = new JsonArray(condition) }) };
            await ControlAsync(
                "klaviyo/segments",
                new JsonArray(new JsonObject { ["key"] = key, ["id"] = $"DEMO{connection}", ["name"] = $"In conversation with support ({connection})", ["definition"] = definition }),
                cancellationToken);
        }
    }

    private Task LoseAsync(string path, CancellationToken cancellationToken) =>
        ControlAsync("faults", new JsonObject { ["target"] = "klaviyo", ["method"] = "POST", ["path"] = path, ["drop"] = "after", ["next"] = 1 }, cancellationToken);

    private async Task ControlAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString());
        using var answer = await http.PostAsync(new Uri(addresses.Simulator, $"_simulator/{path}"), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("name=\"dashboard-token\" content=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>The status of the answer and of the campaign, and its id.</summary>
    private async Task<(string Found, string? Id)> AskAsync(string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(addresses.Relay, $"api/accounts/main/{path}")) { Content = body is null ? null : new StringContent(body.ToJsonString()) };
        // The local host has no function keys: the token of its own page stands in for them.
        request.Headers.Add("X-Dashboard-Token", Token().Match(await http.GetStringAsync(addresses.Relay, cancellationToken)).Groups[1].Value);
        using var answer = await http.SendAsync(request, cancellationToken);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        var said = (answer.IsSuccessStatusCode ? json?["status"] : json?["detail"])?.ToString();
        return (string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {said}"), json?["id"]?.ToString());
    }
}
