using System.Runtime.InteropServices;
using System.Text.Json;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Helpdesks;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>Turns customers and conversations of the control API into stored ones, or says what is wrong.</summary>
internal static class CustomerRules
{
    private static readonly string[] GladlyStatuses = ["OPEN", "WAITING", "CLOSED"];
    private static readonly string[] KustomerStatuses = ["open", "snoozed", "done"];

    public static string? Problem(CustomerInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Helpdesk: not ("gladly" or "kustomer") } => $"'[{index}].helpdesk' must be gladly or kustomer.",
        { Id: null or "" } => $"'[{index}].id' is required.",
        { Rev: < 1 } => $"'[{index}].rev' must be 1 or more.",
        { Custom: { ValueKind: not JsonValueKind.Object } } => $"'[{index}].custom' must be an object, such as {{\"loyaltyTierStr\":\"gold\"}}.",
        { OpenConversations: < 0 } => $"'[{index}].openConversations' must not be negative.",
        { Emails: { } emails } => EmailProblem(emails, index),
        _ => null,
    };

    public static string? Problem(ConversationInput? input, int index) => input switch
    {
        null => $"'[{index}]' must be an object.",
        { Helpdesk: not ("gladly" or "kustomer") } => $"'[{index}].helpdesk' must be gladly or kustomer.",
        { Id: null or "" } => $"'[{index}].id' is required.",
        { CustomerId: null or "" } => $"'[{index}].customerId' is required.",
        { Status: var status } when !Statuses(input).Contains(status) =>
            $"'[{index}].status' must be one of {string.Join(", ", Statuses(input))}.",
        _ => null,
    };

    public static Customer Customer(CustomerInput input) => new(input.Id ?? "")
    {
        Name = input.Name,
        MovedTo = input.MovedTo,
        OpenConversations = input.OpenConversations,
        Rev = input.Rev ?? 1,
        Fields = new CustomerFields
        {
            FirstName = input.FirstName,
            LastName = input.LastName,
            CompanyName = input.CompanyName,
            Locale = input.Locale,
            ExternalId = input.ExternalId,
            Phones = input.Phones ?? [],
            Custom = input.Custom is { } custom ? JsonMarshal.GetRawUtf8Value(custom).ToArray() : "{}"u8.ToArray(),
            IsDeleted = input.Deleted,
        },
        Emails =
        [
            .. (input.Emails ?? []).OfType<EmailInput>()
                .Select(email => new CustomerEmail(email.Email ?? "", email.Primary, email.Verified, email.Shared)),
        ],
    };

    public static Conversation Conversation(ConversationInput input, DateTimeOffset now) =>
        new(input.Id ?? "", input.CustomerId ?? "", input.Status ?? "", now);

    private static string? EmailProblem(IReadOnlyList<EmailInput?> emails, int index)
    {
        for (var i = 0; i < emails.Count; i++)
        {
            // Only that there is something: a relay must also cope with addresses that are none.
            if (emails[i] is not { Email.Length: > 0 })
            {
                return $"'[{index}].emails[{i}].email' is required.";
            }
        }

        return null;
    }

    private static string[] Statuses(ConversationInput input) =>
        input.Helpdesk == GladlyApi.ServiceName ? GladlyStatuses : KustomerStatuses;
}
