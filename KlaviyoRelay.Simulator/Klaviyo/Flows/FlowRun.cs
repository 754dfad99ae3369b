using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Conditions;

namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>A message that a profile got, and after how many waits.</summary>
internal sealed record ReceivedMessage(string Id, string Name, bool IsTransactional, int Waits);

/// <summary>Runs one profile through a flow's definition: filters at the entry and before each message, splits when it comes to them.</summary>
internal sealed class FlowRun(JsonElement definition, ConditionRun conditions)
{
    /// <param name="states">The profile at the entry and after each wait; the last one stays.</param>
    public IReadOnlyList<ReceivedMessage> Run(IReadOnlyList<Person> states)
    {
        var filter = definition.GetProperty("profile_filter");
        var received = new List<ReceivedMessage>();
        var steps = definition.GetProperty("actions").EnumerateArray().ToDictionary(step => Text(step, "id") ?? "", StringComparer.Ordinal);
        var waits = 0;
        var next = conditions.IsMet(filter, states[0]) ? Text(definition, "entry_action_id") : null;
        while (next is not null)
        {
            var (step, person) = (steps[next], states[Math.Min(waits, states.Count - 1)]);
            var (links, data) = (step.GetProperty("links"), step.GetProperty("data"));
            switch (Text(step, "type"))
            {
                case "conditional-split":
                    next = Text(links, conditions.IsMet(data.GetProperty("profile_filter"), person) ? "next_if_true" : "next_if_false");
                    continue;
                case "time-delay":
                    waits++;
                    break;
                case "send-email":
                    var message = data.GetProperty("message");
                    if (Text(data, "status") != "draft" && conditions.IsMet(filter, person) && conditions.IsMet(message.GetProperty("additional_filters"), person))
                    {
                        received.Add(new ReceivedMessage(message.TryGetProperty("id", out var id) ? id.GetString() ?? next : next, Text(message, "name") ?? "", message.GetProperty("transactional").GetBoolean(), waits));
                    }

                    break;
                case var other:
                    throw new NotSupportedException($"The simulator runs no step of the type {other}.");
            }

            next = Text(links, "next");
        }

        return received;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
