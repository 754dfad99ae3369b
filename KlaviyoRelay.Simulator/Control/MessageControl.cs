using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo.Conditions;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Klaviyo.Segments;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API by which Klaviyo sends messages: flows that run, campaigns that go out.</summary>
internal sealed class MessageControl(KlaviyoAccounts accounts, KeyTable keys, TimeProvider time)
{
    /// <summary>Runs profiles through flows, and says how many messages that sent. The waits pass at once: nothing else happens to the profile meanwhile.</summary>
    public Answer RunFlows(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.FlowRunInputArray, KlaviyoRules.Problem);
        var sent = 0;
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, () => ControlAnswer.Counted("messages", sent), (account, data, input) =>
        {
            if (data.Flows.Find(input.Flow ?? "") is not { Definition: { } definition } flow)
            {
                return $"There is no flow '{input.Flow}' with a definition.";
            }

            if (Find(data, input.Email) is not { } profile)
            {
                return $"There is no profile of '{input.Email}'.";
            }

            var received = flow is { Status: "draft" } or { IsArchived: true } ? [] : new FlowRun(definition, SegmentMembers.ConditionsOf(data)).Run([Person.Of(data, profile, time.GetUtcNow())]);
            foreach (var message in received)
            {
                sent++;
                account.Receive(data, profile, new SentMessage(message.Id, message.Name, time.GetUtcNow()) { Flow = flow.Id });
            }

            return null;
        });
    }

    /// <summary>Sends campaigns to everybody in their audience.</summary>
    public Answer SendCampaigns(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.CampaignSendInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, ControlAnswer.Done, (account, data, input) =>
        {
            if (data.Campaigns.Find(input.Id ?? "") is not { } campaign)
            {
                return $"There is no campaign '{input.Id}'.";
            }

            var now = time.GetUtcNow();
            foreach (var profile in SegmentMembers.Of(data, campaign.Included, now).Except(SegmentMembers.Of(data, campaign.Excluded, now)))
            {
                account.Receive(data, profile, new SentMessage(campaign.Message, campaign.Name, now));
            }

            data.Campaigns.Put(campaign with { Status = "Sent" });
            return null;
        });
    }

    /// <summary>Notes messages that profiles have got.</summary>
    public Answer AddMessages(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.MessageInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, ControlAnswer.Done, (account, data, input) =>
        {
            if (Find(data, input.Email) is not { } profile)
            {
                return $"There is no profile of '{input.Email}'.";
            }

            account.Receive(data, profile, new SentMessage(input.Message ?? "", input.Name ?? "", input.Time ?? time.GetUtcNow()) { Metric = input.Metric ?? SentMessage.Email, Flow = input.Flow });
            return null;
        });
    }

    private static Profile? Find(AccountData data, string? email) => data.Profiles.Find(ProfileIdentifier.Email(email ?? ""));

    private Answer ForEach<T>(T[] inputs, Func<T, string?> key, Func<Answer> done, Func<KlaviyoAccount, AccountData, T, string?> act)
    {
        foreach (var input in inputs)
        {
            var account = accounts.Of(keys.AccountOf(key(input) ?? ""));
            if (account.Use(data => act(account, data, input)) is { } problem)
            {
                return ControlAnswer.Error(400, problem);
            }
        }

        return done();
    }
}
