using System.Runtime.InteropServices;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using KlaviyoRelay.Simulator.Klaviyo.Recording;
using KlaviyoRelay.Simulator.Klaviyo.Segments;
using KlaviyoRelay.Simulator.Klaviyo.Templates;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that fills the accounts of Klaviyo.</summary>
internal sealed class KlaviyoControl(KlaviyoAccounts accounts, KeyTable keys, TimeProvider time)
{
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    public Answer AddProfiles(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.ProfileInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, Add);
    }

    public Answer AddLists(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.ListInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, (data, input) =>
        {
            data.Lists.Add(input.Name ?? "", input.OptIn, time.GetUtcNow(), input.Id);
            return null;
        });
    }

    public Answer AddFlows(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.FlowInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, (data, input) =>
        {
            var now = time.GetUtcNow();
            data.Flows.Put(new Flow(input.Id ?? data.Flows.NewId(), input.Name ?? "", input.Status ?? "live", now)
            {
                ListId = input.List,
                Metric = input.Metric,
                IsArchived = input.Archived == true,
                Definition = input.Definition,
            });
            if (input.Metric is { } metric)
            {
                data.Metrics.Add(metric, now, events: 0);
            }

            return null;
        });
    }

    public Answer AddSegments(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.SegmentInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, (data, input) =>
        {
            data.Segments.Put(new Segment(input.Id ?? data.Segments.NewId(), input.Name ?? "", input.Definition ?? default, input.Active ?? true, time.GetUtcNow()));
            return null;
        });
    }

    public Answer AddCampaigns(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.CampaignInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, (data, input) =>
        {
            data.Campaigns.Put(new Campaign(input.Id ?? data.Campaigns.NewId(), input.Name ?? "", input.Channel ?? Campaign.Email, input.Status ?? "Scheduled", time.GetUtcNow())
            {
                Messages = input.Messages ?? [],
                Included = input.Included ?? [],
                Excluded = input.Excluded ?? [],
                SendAt = input.SendAt,
                SentJob = input.Status == Campaign.Scheduled && input.SendAt is not null ? time.GetUtcNow() : null,
            });
            return null;
        });
    }

    public Answer AddTemplates(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.TemplateInputArray, KlaviyoRules.Problem);
        return inputs is null ? ControlAnswer.Error(400, problem) : ForEach(inputs, input => input.Key, (data, input) =>
        {
            data.Templates.Put(new Template(input.Id ?? data.Templates.NewId(), input.Name ?? "", input.Html ?? "", Text: null, time.GetUtcNow()));
            return null;
        });
    }

    public Answer ReleaseJobs()
    {
        foreach (var account in accounts.All)
        {
            account.Use(data =>
            {
                data.Jobs.Release(time.GetUtcNow());
                return true;
            });
        }

        return ControlAnswer.Done();
    }

    private string? Add(AccountData data, ProfileInput input)
    {
        if (input.Lists?.FirstOrDefault(id => data.Lists.Find(id) is null) is { } unknown)
        {
            return $"There is no list '{unknown}'. Add it first: POST /_simulator/klaviyo/lists.";
        }

        if (input.Segments?.FirstOrDefault(id => data.Segments.Find(id) is null) is { } none)
        {
            return $"There is no segment '{none}'. Add it first: POST /_simulator/klaviyo/segments.";
        }

        var now = time.GetUtcNow();
        var outcome = data.Profiles.Import(
            new NewProfile
            {
                Email = input.Email,
                PhoneNumber = input.Phone,
                ExternalId = input.ExternalId,
                Details = None,
                Properties = input.Properties is { } properties ? JsonMarshal.GetRawUtf8Value(properties).ToArray() : default(ReadOnlyMemory<byte>?),
            },
            now);
        if (outcome.Profile is not { } profile)
        {
            return "The identifiers of a profile belong to two profiles that there are.";
        }

        foreach (var id in input.Lists ?? [])
        {
            data.Lists.Find(id)?.Add(profile.Id, now);
        }

        data.Profiles.Change(profile.Id, before => before with
        {
            Subscriptions = input.Subscriptions is { } subscriptions ? JsonMarshal.GetRawUtf8Value(subscriptions).ToArray() : before.Subscriptions,
            Segments = input.Segments ?? before.Segments,
        });

        return null;
    }

    private Answer ForEach<T>(T[] inputs, Func<T, string?> key, Func<AccountData, T, string?> add)
    {
        foreach (var input in inputs)
        {
            var account = accounts.Of(keys.AccountOf(key(input) ?? ""));
            if (account.Use(data => add(data, input)) is { } problem)
            {
                return ControlAnswer.Error(400, problem);
            }
        }

        return ControlAnswer.Done();
    }
}
