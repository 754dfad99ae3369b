using System.Text;
using System.Text.Json;
using KlaviyoRelay.Simulator.Gladly;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>What a flow sent to a customer in conversation, and whether the relay's audit names it for such customers, before it had the filter and after.</summary>
internal sealed record FlowAnswer(string Customer, int MessagesBefore, bool IsNamedBefore, int MessagesAfter, bool IsNamedAfter)
{
    public bool IsGood => this is { MessagesBefore: 1, IsNamedBefore: true, MessagesAfter: 0, IsNamedAfter: false };

    public string Sentence => FormattableString.Invariant(
        $"A flow without the filter: {MessagesBefore} message to {Customer} in conversation, and the audit {(IsNamedBefore ? "names" : "does not name")} it. With the filter: {MessagesAfter} messages, and the audit {(IsNamedAfter ? "still names" : "no longer names")} it.");
}

/// <summary>An unprotected flow mails a customer in conversation. The audit names it, the filter is added, and it does so no more.</summary>
internal sealed class FlowStory(HttpClient http, DemoAddresses addresses, string account, string key, IReadOnlyList<string> flags)
{
    private const string Id = "DEMO01";

    /// <param name="customer">The email of a customer who is in conversation.</param>
    /// <param name="cancellationToken">Ends the story.</param>
    public async Task<FlowAnswer> PlayAsync(string customer, CancellationToken cancellationToken)
    {
        await PutAsync(filter: "null", archived: false, cancellationToken);
        var (messagesBefore, isNamedBefore) = (await RunAsync(customer, cancellationToken), await IsNamedAsync(cancellationToken));
        var filter = $$"""{"condition_groups":[{{string.Join(',', flags.Select(flag => $$"""{"conditions":[{{IsFalse(flag)}},{{IsNotSet(flag)}}]}"""))}}]}""";
        await PutAsync(filter, archived: false, cancellationToken);
        var (messagesAfter, isNamedAfter) = (await RunAsync(customer, cancellationToken), await IsNamedAsync(cancellationToken));
        await PutAsync(filter, archived: true, cancellationToken);
        return new FlowAnswer(customer, messagesBefore, isNamedBefore, messagesAfter, isNamedAfter);
    }

    private static string IsFalse(string flag) => $$"""{"type":"profile-property","property":"properties['{{flag}}']","filter":{"type":"boolean","operator":"equals","value":false} }""";

    private static string IsNotSet(string flag) => $$"""{"type":"profile-property","property":"properties['{{flag}}']","filter":{"type":"existence","operator":"not-set"} }""";

    private async Task PutAsync(string filter, bool archived, CancellationToken cancellationToken)
    {
        var flow = $$"""
            [{"key":"{{key}}","id":"{{Id}}","name":"Abandoned cart (demo)","archived":{{(archived ? "true" : "false")}},"definition":{"triggers":[],"profile_filter":{{filter}},"entry_action_id":"1","actions":[
            {"id":"1","type":"send-email","links":{"next":null},"data":{"status":"live","message":{"id":"DEMOM1","name":"You left something","transactional":false,"additional_filters":null} } }]} }]
            """;
        using var answer = await PostAsync("klaviyo/flows", flow, cancellationToken);
    }

    private async Task<int> RunAsync(string customer, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync("klaviyo/flows/run", $$"""[{"key":"{{key}}","flow":"{{Id}}","email":"{{customer}}"}]""", cancellationToken);
        return answer.RootElement.GetProperty("messages").GetInt32();
    }

    /// <summary>Whether the flow is named for Gladly's customers. Other connections may need filters of their own.</summary>
    private async Task<bool> IsNamedAsync(CancellationToken cancellationToken)
    {
        var report = await http.GetFromJsonAsync(new Uri(addresses.Relay, $"api/accounts/{account}/audit"), DemoJsonContext.Default.JsonElement, cancellationToken);
        return report.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("id").ValueEquals(Id)
            && item.GetProperty("verdict").ValueEquals("unprotected") && item.GetProperty("reason").GetString()?.Contains(GladlyApi.ServiceName, StringComparison.Ordinal) == true);
    }

    private async Task<JsonDocument> PostAsync(string path, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(addresses.Simulator, $"_simulator/{path}"), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
