using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that writes on the timelines of profiles what Klaviyo itself would note.</summary>
internal sealed class TimelineControl(KlaviyoAccounts accounts, KeyTable keys, TimeProvider time)
{
    public Answer Add(ReadOnlyMemory<byte> body)
    {
        var (inputs, problem) = ControlInput.ReadAll(body, ControlJsonContext.Default.EventInputArray, Problem);
        if (inputs is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        foreach (var input in inputs)
        {
            if (accounts.Of(keys.AccountOf(input.Key ?? "")).Use(data => Add(data, input, time.GetUtcNow())) is { } unknown)
            {
                return ControlAnswer.Error(400, unknown);
            }
        }

        return ControlAnswer.Done();
    }

    /// <summary>Null, or why it can't be written.</summary>
    private static string? Add(AccountData data, EventInput input, DateTimeOffset now)
    {
        if (data.Profiles.Find(ProfileIdentifier.Email(input.Email ?? "")) is not { } profile)
        {
            return $"There is no profile of '{input.Email}'. Add it first: POST /_simulator/klaviyo/profiles.";
        }

        data.Note(profile, input.Metric ?? "", input.At ?? now, new MessageProperties(input.Message, input.Flow, input.Campaign, input.Subject).Write(), now);
        return null;
    }

    private static string? Problem(EventInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Key: null or "" } => $"'[{index}].key' is required: the key of the account.",
        { Metric: null or "" } => $"'[{index}].metric' is required.",
        { Email: var email } when email is null || !IdentifierRules.IsEmail(email) => $"'[{index}].email' must be an email address.",
        _ => null,
    };
}
