using System.Text.Json;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// The form in which Klaviyo and helpdesks say no: <c>{"errors":[{"code","title","detail","source"}]}</c>.
/// Only an answer in this form is a verdict. Proxies, firewalls and login pages answer in others. It is read leniently,
/// because a verdict does not depend on a member of an unexpected type.
/// </summary>
public static class ApiErrors
{
    /// <param name="body">The answer's body.</param>
    /// <param name="allowOne">Whether one error without a list around it will do.</param>
    /// <returns>The errors that say something; none when the body is of another form.</returns>
    public static IReadOnlyList<ApiError> Read(ReadOnlyMemory<byte> body, bool allowOne = false)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("errors", out var errors))
            {
                return [];
            }

            return errors.ValueKind switch
            {
                JsonValueKind.Array => [.. errors.EnumerateArray().Select(Of).OfType<ApiError>()],
                JsonValueKind.Object when allowOne => Of(errors) is { } error ? [error] : [],
                _ => [],
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second is half of a character in a text.
            return [];
        }
    }

    /// <summary>Whether the body begins as a JSON object does, which a page does not. Its reader sees whether it goes on so.</summary>
    public static bool BeginsObject(ReadOnlyMemory<byte> body) => WithoutMark(body).Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static ApiError? Of(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var source = error.TryGetProperty("source", out var place) ? place : default;
        var (code, title, detail) = (Text(error, "code"), Text(error, "title"), Text(error, "detail"));
        // One may hold no more than the status.
        return code is null && title is null && detail is null && !error.TryGetProperty("status", out _) ? null : new ApiError(code, title, detail, Text(source, "pointer") ?? Text(source, "parameter"));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body;
}

/// <summary>One error as an API said it.</summary>
public sealed record ApiError(string? Code, string? Title, string? Detail, string? Pointer);
