using System.Globalization;
using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Reads a webhook's fields by their pointers and remembers the first that is missing or wrong.</summary>
internal sealed class GenericFields(JsonElement root)
{
    /// <summary>As many as one dead letter holds; nobody has more.</summary>
    public const int MaxEmails = 100;

    // Unix times above this are in milliseconds: in seconds it would be the year 5138.
    private const long LastSecond = 99_999_999_999;

    private readonly RequiredFields _required = new();
    private Translation.Malformed? _wrong;

    public Translation.Malformed? Error => _wrong ?? _required.Error;

    /// <summary>A text or a number, as text; null when there is none.</summary>
    public string? Text(JsonPointer? pointer) => pointer is null ? null : Guarded(pointer, () => Text(pointer, pointer.Find(root)));

    /// <summary>The texts of several pointers, joined with a plus; null when there is none at all.</summary>
    public string? Joined(IReadOnlyList<JsonPointer> pointers)
    {
        var texts = pointers.Select(Text).ToList();
        return texts.All(text => text is null) ? null : string.Join('+', texts);
    }

    /// <summary>Those of the pointers that find nothing.</summary>
    public IReadOnlyList<JsonPointer> Missing(IReadOnlyList<JsonPointer> pointers) => [.. pointers.Where(pointer => Text(pointer) is null)];

    /// <summary>Notes that the fields are missing.</summary>
    public void Require(IReadOnlyList<JsonPointer> pointers) => _wrong ??= Translation.Malformed.Missing(string.Join(", ", pointers));

    /// <summary>The id, or an empty text with <see cref="Error"/> set.</summary>
    public string Id(JsonPointer pointer) => _required.Id(Text(pointer), pointer.Text);

    /// <summary>ISO 8601 (UTC where it has no offset), or Unix seconds or milliseconds.</summary>
    public DateTimeOffset Time(JsonPointer pointer)
    {
        var text = Text(pointer);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LastSecond * 1000
            ? (number > LastSecond ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(number))
            : _required.Time(text, pointer.Text);
    }

    /// <summary>A whole number; null when there is none.</summary>
    public int? Count(JsonPointer? pointer)
    {
        if (pointer is null || Text(pointer) is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            _wrong ??= Translation.Malformed.WrongType(pointer.Text);
        }

        return count;
    }

    /// <summary>The customer's emails in the webhook's order, the first as primary; blank ones are left out.</summary>
    public IReadOnlyList<CustomerEmail> Emails(JsonPointer pointer, JsonPointer? verified)
    {
        var found = Guarded(pointer, () => EmailTexts(pointer)) ?? [];
        var marks = verified is null ? [] : Guarded(verified, () => verified.FindAll(root).Select(element => IsTrue(verified, element)).ToList()) ?? [];
        var emails = new List<CustomerEmail>();
        for (var index = 0; index < found.Count; index++)
        {
            if (found[index] is { } address)
            {
                var mark = verified is { HasWildcard: true } ? index : 0;
                emails.Add(new CustomerEmail(address, IsPrimary: emails.Count == 0, IsVerified: mark < marks.Count && marks[mark]));
            }
        }

        if (emails.Count > MaxEmails)
        {
            _wrong ??= Translation.Malformed.TooMany(pointer.Text, MaxEmails);
        }

        return emails;
    }

    private List<string?> EmailTexts(JsonPointer pointer)
    {
        var elements = pointer.FindAll(root);
        var isArray = elements is [{ ValueKind: JsonValueKind.Array }] && !pointer.HasWildcard;
        return isArray && elements[0] is { } array
            ? [.. array.EnumerateArray().Select(element => Text(pointer, element.ValueKind == JsonValueKind.Null ? null : element))]
            : [.. elements.Select(element => Text(pointer, element))];
    }

    private string? Text(JsonPointer pointer, JsonElement? element)
    {
        switch (element?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.String:
                // A placeholder that the helpdesk has no value for is empty.
                return element.Value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
            case JsonValueKind.Number:
                return element.Value.GetRawText();
            default:
                _wrong ??= Translation.Malformed.WrongType(pointer.Text);
                return null;
        }
    }

    private bool IsTrue(JsonPointer pointer, JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => string.Equals(Text(pointer, element), "true", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>JSON text that holds half a character, or bytes that are no UTF-8, is noticed only when it is read.</summary>
    private T? Guarded<T>(JsonPointer pointer, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            _wrong ??= Translation.Malformed.WrongType(pointer.Text);
            return null;
        }
    }
}
