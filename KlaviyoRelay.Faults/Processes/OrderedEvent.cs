using System.Globalization;
using System.Text.Json.Nodes;

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
        var time = (Customer.Helpdesk == "desk" ? began + At : TimeProvider.System.GetUtcNow() - age).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Customer.Helpdesk switch
        {
            "gladly" => Gladly(time),
            "kustomer" => Kustomer(time),
            _ => $$$"""{"what":"{{{Kind}}}","id":"{{{Id}}}","at":"{{{time}}}","conversation":"{{{Conversation}}}","email":"{{{Customer.Email}}}"}""",
        };
    }

    private string Gladly(string time)
    {
        var type = Kind == "opened" ? "CREATED" : Kind.ToUpperInvariant();
        return $$$"""{"id":"{{{Id}}}","type":"CONVERSATION/{{{type}}}","timestamp":"{{{time}}}","content":{"customerId":"{{{Customer.Id}}}","conversationId":"{{{Conversation}}}"}}""";
    }

    private string Kustomer(string time)
    {
        var (before, after) = Kind == "closed" ? ("open", "done") : ("done", "open");
        var name = Kind == "opened" ? "create" : "update";
        var changes = Kind == "opened" ? "null" : $$$"""{"attributes":{"status":{"op":"replace","before":"{{{before}}}","after":"{{{after}}}"} } }""";
        return $$$$"""{"id":"{{{{Id}}}}","name":"kustomer.conversation.{{{{name}}}}","orgName":"acme","createdAt":"{{{{time}}}}","changes":{{{{changes}}}},"data":{"type":"conversation","id":"{{{{Conversation}}}}","attributes":{"status":"{{{{after}}}}"},"relationships":{"customer":{"data":{"type":"customer","id":"{{{{Customer.Id}}}}"} } } } }""";
    }
}
