using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Faults;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Kustomer.Window;
using KlaviyoRelay.Simulator.Limits;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>/_simulator: look at what was recorded, prepare customers, make things go wrong.</summary>
internal sealed class ControlApi(
    HelpdeskStores helpdesks,
    GladlyEvents gladlyEvents,
    FaultTable faults,
    KeyTable keys,
    KlaviyoAccounts accounts,
    LimitTable limits,
    SimulatorSettings settings,
    RequestCounts counts,
    StateDocument state,
    HelpdeskControl helpdesk,
    KlaviyoControl klaviyo,
    TimelineControl timelines,
    MessageControl messages,
    KlaviyoReport report,
    SettingsControl settingsControl,
    SampleConversations samples,
    CardControl card,
    PreparedAnswers cardAnswers)
{
    private const string FaultPath = "/faults/";
    private const string CustomerPath = "/customers/";
    private const string WebhookPath = "/webhook";

    public Answer Handle(SimulatedRequest request) => request.Route switch
    {
        "GET /health" => ControlAnswer.Done(),
        "GET /state" => State(request.Query),
        "POST /reset" => Reset(keepCustomers: request.Query["keepCustomers"] is ["true", ..]),
        "GET /customers" => JsonBytes.Answer(200, json => CustomerDocument.Write(json, helpdesks)),
        "POST /customers" => helpdesk.AddCustomers(request.Body.Bytes),
        "POST /conversations" => helpdesk.AddConversations(request.Body.Bytes),
        "POST /gladly-events" => helpdesk.AddGladlyEvents(request.Body.Bytes),
        "GET /webhooks" => SampleConversations.List(),
        "POST /webhooks" => samples.Change(request.Body.Bytes),
        "POST /card-answers" => card.Put(request.Body.Bytes),
        "POST /card-answers/release" => card.Release(),
        "GET /faults" => JsonBytes.Answer(200, json => FaultDocument.Write(json, faults.All)),
        "POST /faults" => AddFault(request.Body.Bytes),
        "DELETE /faults" => ClearFaults(),
        "GET /keys" => JsonBytes.Answer(200, WriteRevoked),
        "POST /keys" => SetKey(request.Body.Bytes),
        "GET /settings" => settingsControl.Answer(),
        "POST /settings" => settingsControl.Change(request.Body.Bytes),
        "POST /klaviyo/profiles" => klaviyo.AddProfiles(request.Body.Bytes),
        "POST /klaviyo/lists" => klaviyo.AddLists(request.Body.Bytes),
        "POST /klaviyo/flows" => klaviyo.AddFlows(request.Body.Bytes),
        "POST /klaviyo/segments" => klaviyo.AddSegments(request.Body.Bytes),
        "POST /klaviyo/campaigns" => klaviyo.AddCampaigns(request.Body.Bytes),
        "POST /klaviyo/templates" => klaviyo.AddTemplates(request.Body.Bytes),
        "POST /klaviyo/events" => timelines.Add(request.Body.Bytes),
        "POST /klaviyo/flows/run" => messages.RunFlows(request.Body.Bytes),
        "POST /klaviyo/campaigns/send" => messages.SendCampaigns(request.Body.Bytes),
        "POST /klaviyo/messages" => messages.AddMessages(request.Body.Bytes),
        "POST /klaviyo/jobs/release" => klaviyo.ReleaseJobs(),
        "GET /klaviyo/profiles" => report.Profiles(request.Query),
        "GET /klaviyo/lists" => report.Lists(request.Query),
        "GET /klaviyo/jobs" => report.Jobs(request.Query),
        "GET /klaviyo/campaigns" => report.Campaigns(request.Query),
        "GET /klaviyo/counts" => report.Counts(request.Query),
        _ when request.Method == "GET" && request.Path.StartsWith(CustomerPath, StringComparison.Ordinal) && request.Path.EndsWith(WebhookPath, StringComparison.Ordinal) =>
            helpdesk.CustomerWebhook(request.Path[CustomerPath.Length..^WebhookPath.Length]),
        _ when request.Method == "DELETE" && request.Path.StartsWith(FaultPath, StringComparison.Ordinal) =>
            RemoveFault(request.Path[FaultPath.Length..]),
        _ => ControlAnswer.Error(404, $"'{request.Route}' is not part of the control API; see docs/simulator.md."),
    };

    private Answer State(IQueryCollection query)
    {
        var after = 0L;
        if (query["after"] is [{ } text, ..] && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return ControlAnswer.Error(400, "'after' must be a sequence number.");
        }

        return state.Answer(after, withEvents: query["events"] is not ["false", ..], withProfiles: query["profiles"] is not ["false", ..]);
    }

    private Answer Reset(bool keepCustomers)
    {
        accounts.Reset();
        counts.Reset();
        limits.Reset();
        faults.Clear();
        keys.Clear();
        gladlyEvents.Reset();
        cardAnswers.Clear();
        helpdesks.Reset(keepCustomers);
        settings.Set(new SimulatorSettings.Values());
        return ControlAnswer.Done();
    }

    private Answer AddFault(ReadOnlyMemory<byte> body)
    {
        var (input, problem) = ControlInput.Read(body, ControlJsonContext.Default.FaultInput);
        if (input is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        var (rule, senseless) = FaultRules.Check(input);
        return rule is null ? ControlAnswer.Error(400, senseless) : ControlAnswer.Created(faults.Add(rule).Id);
    }

    private Answer ClearFaults()
    {
        faults.Clear();
        return ControlAnswer.Done();
    }

    private Answer RemoveFault(string id) => faults.Remove(id) ? ControlAnswer.Done() : ControlAnswer.Error(404, $"There is no fault '{id}'.");

    private Answer SetKey(ReadOnlyMemory<byte> body)
    {
        var (input, problem) = ControlInput.Read(body, ControlJsonContext.Default.KeyInput);
        problem ??= input switch
        {
            { Key: null or "" } => "'key' is required.",
            { State: not (null or "active" or "revoked") } => "'state' must be active or revoked.",
            _ => null,
        };
        if (problem is not null || input?.Key is not { } key)
        {
            return ControlAnswer.Error(400, problem);
        }

        var scopes = input.Scopes?.ToHashSet(StringComparer.Ordinal);
        // Revoking a key doesn't move it to another account.
        var account = input.SameAccountAs is { } other ? keys.AccountOf(other) : keys.AccountOf(key);
        keys.Set(key, new KeyRecord(Revoked: input.State == "revoked", scopes, account));
        return ControlAnswer.Done();
    }

    // By their ends, as accounts are named elsewhere: no answer holds a key.
    private void WriteRevoked(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("revoked");
        foreach (var key in keys.Revoked)
        {
            json.WriteStringValue(key[Math.Max(0, key.Length - 4)..]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
