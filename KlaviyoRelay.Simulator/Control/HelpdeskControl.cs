using System.Runtime.InteropServices;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that fills the helpdesks.</summary>
internal sealed class HelpdeskControl(HelpdeskStores helpdesks, GladlyEvents gladlyEvents, TimeProvider time)
{
    public Answer AddCustomers(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.CustomerInputArray, CustomerRules.Problem);
        if (inputs is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        foreach (var group in inputs.GroupBy(input => input.Helpdesk))
        {
            helpdesks.Find(group.Key)?.Put(group.Select(CustomerRules.Customer));
        }

        return ControlAnswer.Done();
    }

    public Answer AddConversations(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.ConversationInputArray, CustomerRules.Problem);
        if (inputs is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        var now = time.GetUtcNow();
        foreach (var group in inputs.GroupBy(input => input.Helpdesk))
        {
            helpdesks.Find(group.Key)?.Put(group.Select(input => CustomerRules.Conversation(input, now)));
        }

        return ControlAnswer.Done();
    }

    public Answer AddGladlyEvents(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.JsonElementArray, GladlyEventRules.Problem);
        if (inputs is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        foreach (var input in inputs)
        {
            var (type, timestamp) = GladlyEventRules.Read(input);
            gladlyEvents.Add(type, timestamp, JsonMarshal.GetRawUtf8Value(input).ToArray());
        }

        return ControlAnswer.Done();
    }

    /// <summary>The webhook that Kustomer sends of a customer's last change.</summary>
    public Answer CustomerWebhook(string id) => helpdesks.Kustomer.FindCustomer(id) is { } customer
        ? new Answer(200, "application/json", KustomerWebhook.Of(customer, helpdesks.Kustomer.ConversationsOf(id), time.GetUtcNow()))
        : ControlAnswer.Error(404, $"Kustomer has no customer '{id}'.");
}
