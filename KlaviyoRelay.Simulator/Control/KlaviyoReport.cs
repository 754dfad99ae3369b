using System.Text.Json;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Imports;
using KlaviyoRelay.Simulator.Klaviyo.Lists;
using KlaviyoRelay.Simulator.Klaviyo.Profiles;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that shows what the accounts of Klaviyo hold: all of them, or one by the end of its key.</summary>
internal sealed class KlaviyoReport(KlaviyoAccounts accounts, TimeProvider time)
{
    public Answer Profiles(IQueryCollection query)
    {
        var email = Text(query, "email")?.ToLowerInvariant();
        return Array(query, (json, account, data) =>
        {
            foreach (var profile in data.Profiles.All.Where(profile => email is null || profile.Email == email))
            {
                json.WriteStartObject();
                json.WriteString("account", account.Name);
                json.WriteString("id", profile.Id);
                foreach (var field in ProfileDocument.Fields)
                {
                    ProfileDocument.WriteAttribute(json, profile, field, joined: null);
                }

                ProfileDocument.WriteAttribute(json, profile, "subscriptions", joined: null);
                json.WriteStartArray("lists");
                foreach (var list in data.Lists.All.Where(list => list.Members.Find(profile.Id) is not null))
                {
                    json.WriteStringValue(list.Id);
                }

                json.WriteEndArray();
                json.WriteStartArray("segments");
                profile.Segments.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteNumber("imports", profile.Imports);
                json.WriteNumber("events", profile.Events);
                json.WriteEndObject();
            }
        });
    }

    public Answer Lists(IQueryCollection query) => Array(query, (json, account, data) =>
    {
        foreach (var list in data.Lists.All)
        {
            json.WriteStartObject();
            json.WriteString("account", account.Name);
            json.WriteString("id", list.Id);
            json.WriteString("name", list.Name);
            json.WriteNumber("size", list.Members.Count);
            if (Text(query, "members") != "false")
            {
                WriteMembers(json, data.Profiles, list);
            }

            json.WriteEndObject();
        }
    });

    public Answer Jobs(IQueryCollection query)
    {
        var now = time.GetUtcNow();
        return Array(query, (json, account, data) =>
        {
            foreach (var job in data.Jobs.All)
            {
                json.WriteStartObject();
                json.WriteString("account", account.Name);
                json.WriteString("id", job.Id);
                json.WriteString("status", job.Status(now));
                json.WriteNumber("total", job.Total);
                json.WriteNumber("completed", job.Completed(now));
                json.WriteNumber("failed", job.Errors.Count);
                json.WriteStartArray("lists");
                job.ListIds.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteString("createdAt", job.Created);
                json.WriteEndObject();
            }
        });
    }

    public Answer Campaigns(IQueryCollection query)
    {
        var now = time.GetUtcNow();
        return Array(query, (json, account, data) =>
        {
            foreach (var campaign in data.Campaigns.All)
            {
                json.WriteStartObject();
                json.WriteString("account", account.Name);
                json.WriteString("id", campaign.Id);
                json.WriteString("name", campaign.Name);
                json.WriteString("status", campaign.StatusAt(now));
                json.WriteNumber("sends", campaign.Sends);
                json.WriteString("template", campaign.Template);
                json.WriteNumber("recipients", Recipients.Of(data, campaign, now));
                json.WriteEndObject();
            }
        });
    }

    public Answer Counts(IQueryCollection query) => Array(query, (json, account, data) =>
    {
        json.WriteStartObject();
        json.WriteString("account", account.Name);
        json.WriteNumber("profiles", data.Profiles.All.Count);
        json.WriteStartObject("events");
        foreach (var metric in data.Metrics.All)
        {
            json.WriteNumber(metric.Name, metric.Events);
        }

        json.WriteEndObject();
        WriteImports(json, data.Jobs.Counts, data.Tally);
        json.WriteStartObject("members");
        foreach (var list in data.Lists.All)
        {
            json.WriteNumber(list.Id, list.Members.Count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteImports(Utf8JsonWriter json, ImportCounts counts, ImportTally tally)
    {
        json.WriteStartObject("imports");
        json.WriteNumber("jobs", counts.Jobs);
        json.WriteNumber("rows", counts.Rows);
        json.WriteNumber("imported", counts.Imported);
        json.WriteNumber("failed", counts.Failed);
        json.WriteEndObject();
        json.WriteStartObject("counted");
        json.WriteNumber("rows", tally.Rows);
        json.WriteNumber("profiles", tally.Profiles);
        json.WriteStartObject("members");
        foreach (var (list, members) in tally.Members)
        {
            json.WriteNumber(list, members);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ProfileIndex profiles, KlaviyoList list)
    {
        json.WriteStartArray("members");
        foreach (var member in list.Members.From(0))
        {
            json.WriteStartObject();
            json.WriteString("id", member.ProfileId);
            json.WriteString("email", profiles.Find(ProfileIdentifier.Id(member.ProfileId))?.Email);
            json.WriteString("joinedAt", member.JoinedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private Answer Array(IQueryCollection query, Action<Utf8JsonWriter, KlaviyoAccount, AccountData> write)
    {
        var name = Text(query, "account");
        return JsonBytes.Answer(200, json =>
        {
            json.WriteStartArray();
            foreach (var account in accounts.All.Where(account => name is null || account.Name == name))
            {
                account.Use(data =>
                {
                    write(json, account, data);
                    return true;
                });
            }

            json.WriteEndArray();
        });
    }

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;
}
