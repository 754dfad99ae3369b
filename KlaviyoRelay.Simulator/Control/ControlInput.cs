using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>Reads the body of a control request.</summary>
internal static class ControlInput
{
    public static Parsed<T> Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) is { } value
                ? Parsed<T>.Good(value)
                : Parsed<T>.Bad("The body must not be null.");
        }
        catch (JsonException exception)
        {
            return Parsed<T>.Bad(Sentence(exception));
        }
    }

    /// <summary>Reads a list, or says what is wrong with its first wrong entry.</summary>
    public static Parsed<T[]> ReadAll<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T[]> type, Func<T, int, string?> problem)
    {
        var (inputs, unreadable) = Read(body, type);
        return (inputs ?? []).Select(problem).FirstOrDefault(found => found is not null) is { } wrong
            ? Parsed<T[]>.Bad(wrong)
            : new Parsed<T[]>(inputs, unreadable);
    }

    // The path reads like $[3].emails[0].email.
    private static string Sentence(JsonException exception)
    {
        var field = exception.Path?.TrimStart('$').TrimStart('.');
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return $"'{field}' is not known here.";
        }

        return string.IsNullOrEmpty(field)
            ? "The body is not the JSON expected here."
            : $"'{field}' has a value of the wrong kind.";
    }
}
