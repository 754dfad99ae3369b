using System.Text.Json.Nodes;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>One thing that happened to a conversation of an <see cref="OrderedCustomer"/>.</summary>
internal sealed record OrderedEvent(OrderedCustomer Customer, string Id, string Conversation, string Kind, TimeSpan At)
{
    /// <summary>The conversation as the simulated helpdesk has it then; null for a helpdesk that can't be asked.</summary>
    public JsonObject? Stored => Customer.Helpdesk == "desk" ? null : new JsonObject
    {
        ["helpdesk"] = Customer.Helpdesk,
        ["id"] = Conversation,
        ["customerId"] = Customer.Id,
        ["status"] = (Customer.Helpdesk, Kind) switch { ("gladly", "closed") => "CLOSED", ("gladly", _) => "OPEN", (_, "closed") => "done", _ => "open" },
    };

    /// <summary>What must be recorded for it, once.</summary>
    public Conversation Recorded => new(Id, Customer.Id, Customer.Helpdesk == "gladly", [Customer.Email]) { Metric = Metric };

    private string Metric => (Customer.Helpdesk, Kind) switch
    {
        ("gladly", "opened") => "started conversation in Gladly",
        ("gladly", _) => $"{Kind} conversation in Gladly",
        ("kustomer", "opened") => "Kustomer Conversation Create",
        ("kustomer", "closed") => "Kustomer Conversation Close",
        ("kustomer", _) => "Kustomer Conversation Reopen",
        _ => $"Desk Conversation {Kind[..1].ToUpperInvariant()}{Kind[1..]}",
    };

    /// <param name="age">How long ago it happened, when its webhook arrives.</param>
    /// <param name="began">When the history began: a helpdesk that can't be asked is judged by the order of its times.</param>
    public string Webhook(TimeSpan age, DateTimeOffset began)
    {
        var happened = new Happening(Id, Conversation, Customer.Id, Customer.Helpdesk == "desk" ? began + At : TimeProvider.System.GetUtcNow() - age);
        return (Customer.Helpdesk, Kind) switch
        {
            ("gladly", "opened") => GladlyWebhooks.Conversation(GladlyWebhooks.Created, happened),
            ("gladly", _) => GladlyWebhooks.Conversation(Kind.ToUpperInvariant(), happened),
            ("kustomer", "opened") => KustomerWebhooks.Created(happened),
            ("kustomer", "closed") => KustomerWebhooks.StatusChanged(happened, KustomerWebhooks.Open, KustomerWebhooks.Done),
            ("kustomer", _) => KustomerWebhooks.StatusChanged(happened, KustomerWebhooks.Done, KustomerWebhooks.Open),
            _ => $$$"""{"what":"{{{Kind}}}","id":"{{{Id}}}","at":"{{{happened.Time}}}","conversation":"{{{Conversation}}}","email":"{{{Customer.Email}}}"}""",
        };
    }
}
