using System.Globalization;
using KlaviyoRelay.Simulator.Webhooks;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Vendors;
using Happening = KlaviyoRelay.Worlds.Rules.Happening;

namespace KlaviyoRelay.Worlds.Helpdesks;

/// <summary>Webhooks as the helpdesks write them.</summary>
internal static class WebhookBodies
{
    public static string Of(Happening happening) => happening.Connection switch
    {
        Names.Gladly => GladlyWebhooks.Conversation(
            happening.Step.Kind switch { StepKind.Opened => GladlyWebhooks.Created, StepKind.Closed => GladlyWebhooks.Closed, _ => GladlyWebhooks.Reopened },
            Told(happening)),
        Names.Desk => Desk(happening),
        _ => Kustomer(happening),
    };

    private static Simulator.Webhooks.Happening Told(Happening happening)
    {
        var customer = happening.Talk.Customer;
        var id = customer.MergedAt <= happening.Step.At ? customer.Id + GladlyDesk.Merged : customer.Id;
        return new Simulator.Webhooks.Happening(happening.Id, happening.Talk.Id, id, happening.At) { Subject = $"Where is order {Names.Private}?" };
    }

    private static string Kustomer(Happening happening)
    {
        var told = Told(happening);
        var body = happening.Step.Kind switch
        {
            StepKind.Opened => KustomerWebhooks.Created(told),
            StepKind.Closed => KustomerWebhooks.StatusChanged(told, KustomerWebhooks.Open, KustomerWebhooks.Done),
            StepKind.Reopened => KustomerWebhooks.StatusChanged(told, KustomerWebhooks.Done, KustomerWebhooks.Open),
            _ => KustomerWebhooks.Rated(told, rating: 5, score: 1),
        };
        return happening.Step.Brand is { } brand
            ? body.Replace("\"customer\":", $$"""
                "brand":{"data":{"type":"brand","id":"{{brand}}"} },"customer":
                """, StringComparison.Ordinal)
            : body;
    }

    /// <summary>The body that docs/generic.md gives for Zendesk's triggers.</summary>
    private static string Desk(Happening happening)
    {
        var what = happening.Step.Kind switch { StepKind.Opened => "created", StepKind.Closed => "solved", _ => "reopened" };
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"event":"{{what}}","ticket_id":"{{happening.Talk.Id}}","status":"open","updated_at":"{{happening.At:O}}","subject":"About {{Names.Private}}","channel":"Email",
            "link":"acme.zendesk.com/agent/tickets/1","email":"{{happening.Talk.Customer.Emails[0]}}","phone":"","brand":"Acme"}
            """);
    }
}
