using System.Text.Json;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>The emails of a webhook's customer: those of the first pointer that finds any.</summary>
public sealed class GenericEmails(GenericFields fields, GenericMapping mapping, JsonElement root)
{
    /// <summary>As many as one dead letter holds, and more than a customer has.</summary>
    public const int MaxEmails = 100;

    /// <summary>In the webhook's order, the first as primary. What is blank or no text is left out.</summary>
    public IReadOnlyList<CustomerEmail> Read()
    {
        var emails = mapping.Emails.Pointers.Select(Of).FirstOrDefault(found => found.Count > 0) ?? [];
        if (emails.Count > MaxEmails)
        {
            fields.Refuse(Translation.Malformed.TooMany(mapping.Emails.Text, MaxEmails));
        }

        return emails;
    }

    /// <summary>Whether something stands there that is no email and nothing that holds some.</summary>
    public bool IsOfWrongType() => mapping.Emails.Pointers.SelectMany(Elements).Any(element => element is { } found && !IsText(found));

    private List<CustomerEmail> Of(JsonPointer pointer)
    {
        var marks = Marks(pointer);
        var emails = new List<CustomerEmail>();
        var elements = Elements(pointer);
        for (var index = 0; index < elements.Count; index++)
        {
            if (elements[index] is { } element && fields.Text(element) is { } address)
            {
                var mark = mapping.EmailVerified is { HasWildcard: true } ? index : 0;
                emails.Add(new CustomerEmail(address, IsPrimary: emails.Count == 0, IsVerified: mark < marks.Count && marks[mark]));
            }
        }

        return emails;
    }

    private IReadOnlyList<JsonElement?> Elements(JsonPointer pointer) => pointer.FindAll(root) switch
    {
        [{ ValueKind: JsonValueKind.Array } array] when !pointer.HasWildcard => [.. array.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Null ? (JsonElement?)null : element)],
        var elements => elements,
    };

    /// <summary>Which of the emails are verified; marks of another array say nothing.</summary>
    private List<bool> Marks(JsonPointer pointer) => mapping.EmailVerified is { } verified && (!verified.HasWildcard || verified.ArraySegments.SequenceEqual(pointer.ArraySegments))
        ? [.. verified.FindAll(root).Select(IsTrue)]
        : [];

    private static bool IsTrue(JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => string.Equals(VisibleText.Of(element.Value.GetString() ?? ""), "true", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsText(JsonElement element) => element.ValueKind is JsonValueKind.String or JsonValueKind.Number;
}
