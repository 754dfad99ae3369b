using System.Runtime.InteropServices;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that fills the helpdesks.</summary>
internal sealed class HelpdeskControl(HelpdeskStores helpdesks, GladlyEvents gladlyEvents, TimeProvider time)
{
    public Answer AddCustomers(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.Read(body, ControlJsonContext.Default.CustomerInputArray);
        problem ??= FirstProblem(inputs, CustomerRules.Problem);
        if (problem is not null || inputs is null)
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
        var (inputs, problem) = ControlInput.Read(body, ControlJsonContext.Default.ConversationInputArray);
        problem ??= FirstProblem(inputs, CustomerRules.Problem);
        if (problem is not null || inputs is null)
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
        var (inputs, problem) = ControlInput.Read(body, ControlJsonContext.Default.JsonElementArray);
        problem ??= FirstProblem(inputs, GladlyEventRules.Problem);
        if (problem is not null || inputs is null)
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

    private static string? FirstProblem<T>(T[]? inputs, Func<T, int, string?> problem) =>
        (inputs ?? []).Select(problem).FirstOrDefault(found => found is not null);
}
