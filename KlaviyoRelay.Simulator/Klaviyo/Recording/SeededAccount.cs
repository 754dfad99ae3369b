using System.Globalization;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Klaviyo.Campaigns;
using KlaviyoRelay.Simulator.Klaviyo.Segments;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>
/// What the account of the sample settings' key has from the start: the customers whom both helpdesks have, one for each situation that a
/// card shows.
/// </summary>
internal sealed class SeededAccount(SeededCustomers customers, TimeProvider time)
{
    /// <summary>The key in local.settings.sample.json.</summary>
    public const string Key = "pk_simulator_0000000000000000000000";

    private const string Newsletter = "NwsLt1";
    private const string Vip = "VipEa1";
    private const string Loyal = "SgLoy1";
    private const string Engaged = "SgEng1";
    private const string WelcomeFlow = "FlWel1";

    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    private static readonly JsonElement Definition = JsonElement.Parse("""{"condition_groups":[]}""");

    private static readonly MessageProperties WinterSale = new("01SIMMSGWINTERSALE00000001", null, "Winter sale", "Up to 40 % off, this week only");
    private static readonly MessageProperties NewIn = new("01SIMMSGNEWIN0000000000002", null, "New in: January", "Fresh colours are here");
    private static readonly MessageProperties Welcome = new("01SIMMSGWELCOME00000000003", WelcomeFlow, "Welcome, email 1", "Nice to meet you");
    private static readonly MessageProperties Sms = new("01SIMMSGSMS000000000000004", null, "SMS: sale ends", null);

    /// <summary>Fills a new account, when it is the one.</summary>
    public void Fill(string key, AccountData data)
    {
        if (key != Key || customers.Withheld is not null)
        {
            return;
        }

        var now = time.GetUtcNow();
        AddGroups(data, now);
        AddCampaigns(data, now);
        Add(data, "jane", Subscriptions("SUBSCRIBED", now.AddDays(-74), sms: "SUBSCRIBED"), [Newsletter, Vip], [Loyal, Engaged]);
        Received(data, "jane", WinterSale, "Email", now.AddDays(-2), opened: 3, clicked: 4);
        Received(data, "jane", Sms, "SMS", now.AddDays(-1), clicked: 1);
        Received(data, "jane", NewIn, "Email", now.AddDays(-9), opened: 20);
        Received(data, "jane", Welcome, "Email", now.AddDays(-73), opened: 1);

        // A customer who must not be mailed any more.
        Add(data, "john", Subscriptions("UNSUBSCRIBED", now.AddDays(-12), suppression: "UNSUBSCRIBE"), [Newsletter], []);
        Received(data, "john", NewIn, "Email", now.AddDays(-12), opened: 2);

        // Two profiles of one customer.
        Add(data, "maria", Subscriptions("SUBSCRIBED", now.AddDays(-30)), [Newsletter], [Engaged]);
        Received(data, "maria", WinterSale, "Email", now.AddDays(-2));
        Add(data, "maria.work", Subscriptions("NEVER_SUBSCRIBED", null, suppression: "HARD_BOUNCE"), [], []);
        Received(data, "maria.work", Welcome, "Email", now.AddDays(-40));

        // More lists than fit a small card.
        string[] many = [.. Enumerable.Range(1, 14).Select(number => string.Create(CultureInfo.InvariantCulture, $"LsMny{number}"))];
        foreach (var id in many)
        {
            data.Lists.Add($"Pop-up form {id[5..]}", null, now, id);
        }

        Add(data, "casey", null, [Newsletter, .. many], [Engaged]);
    }

    private static void AddGroups(AccountData data, DateTimeOffset now)
    {
        data.Lists.Add("Newsletter", null, now, Newsletter);
        data.Lists.Add("VIP early access", null, now, Vip);
        data.Segments.Put(new Segment(Loyal, "Loyal customers", Definition, IsActive: true, now));
        data.Segments.Put(new Segment(Engaged, "Engaged, last 30 days", Definition, IsActive: true, now));
    }

    private static void AddCampaigns(AccountData data, DateTimeOffset now)
    {
        foreach (var message in new[] { WinterSale, NewIn, Sms })
        {
            data.Campaigns.Put(new Campaign(message.Message?.Replace("MSG", "CMP", StringComparison.Ordinal) ?? "", message.Campaign ?? "", message == Sms ? Campaign.Sms : Campaign.Email, "Sent", now)
            {
                Included = [Newsletter],
                Messages = [message.Message ?? ""],
            });
        }
    }

    private void Add(AccountData data, string name, string? subscriptions, IReadOnlyList<string> lists, IReadOnlyList<string> segments)
    {
        var now = time.GetUtcNow();
        var profile = data.Profiles.Import(new NewProfile { Email = customers.Address(name), Details = None }, now).Profile ?? throw new InvalidOperationException("Seeded customers have emails of their own.");
        data.Profiles.Change(profile.Id, before => before with { Segments = segments, Subscriptions = subscriptions is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(subscriptions) });
        foreach (var list in lists)
        {
            data.Lists.Find(list)?.Add(profile.Id, now);
        }
    }

    /// <param name="data">The account.</param>
    /// <param name="name">The customer.</param>
    /// <param name="message">The message.</param>
    /// <param name="channel">As it is called in the names of metrics.</param>
    /// <param name="at">When it was received.</param>
    /// <param name="opened">After how many hours it was opened; null for never.</param>
    /// <param name="clicked">After how many hours something in it was clicked; null for never.</param>
    private void Received(AccountData data, string name, MessageProperties message, string channel, DateTimeOffset at, int? opened = null, int? clicked = null)
    {
        var profile = data.Profiles.Find(ProfileIdentifier.Email(customers.Address(name))) ?? throw new InvalidOperationException("Seeded customers have profiles.");
        Add("Received", 0);
        Add("Opened", opened);
        Add("Clicked", clicked);

        void Add(string what, int? hours)
        {
            if (hours is { } after)
            {
                data.Note(profile, $"{what} {channel}", at.AddHours(after), message.Write(), at);
            }
        }
    }

    private string Subscriptions(string consent, DateTimeOffset? since, string? sms = null, string? suppression = null)
    {
        string Text(DateTimeOffset? at) => at is { } known ? $"\"{known.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture)}\"" : "null";
        var suppressions = suppression is null ? "" : $$"""{"reason":"{{suppression}}","timestamp":{{Text(since ?? time.GetUtcNow().AddDays(-39))}} }""";
        var (canMail, canText, smsConsent, smsSince) = (suppression is null ? "true" : "false", sms == "SUBSCRIBED" ? "true" : "false", sms ?? "NEVER_SUBSCRIBED", sms is null ? "null" : Text(since));
        return $$"""
            {
              "email": { "marketing": {
                "can_receive_email_marketing": {{canMail}}, "consent": "{{consent}}", "consent_timestamp": {{Text(since)}}, "last_updated": {{Text(since)}},
                "method": "FORM", "method_detail": "", "custom_method_detail": null, "double_optin": true, "suppression": [{{suppressions}}], "list_suppressions": [] } },
              "sms": { "marketing": {
                "can_receive_sms_marketing": {{canText}}, "consent": "{{smsConsent}}", "consent_timestamp": {{smsSince}}, "method": null, "method_detail": null, "last_updated": null } },
              "mobile_push": { "marketing": { "can_receive_push_marketing": false, "consent": "NEVER_SUBSCRIBED", "consent_timestamp": null } }
            }
            """;
    }
}
