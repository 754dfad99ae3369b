using System.Text;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Kustomer.Window;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that answers the card's command in the relay's place.</summary>
internal sealed class CardControl(PreparedAnswers answers)
{
    public Answer Put(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.CardAnswerInputArray, Problem);
        if (inputs is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        foreach (var input in inputs)
        {
            answers.Put(input.Customer, new PreparedAnswer(
                input.Status ?? 200, Encoding.UTF8.GetBytes(input.Body?.GetRawText() ?? ""), input.Fails ?? false, input.Held ?? false));
        }

        return ControlAnswer.Done();
    }

    public Answer Release()
    {
        answers.Release();
        return ControlAnswer.Done();
    }

    private static string? Problem(CardAnswerInput input, int index) =>
        input.Status is < 100 or > 599 ? $"'[{index}].status' must be an HTTP status." : null;
}
