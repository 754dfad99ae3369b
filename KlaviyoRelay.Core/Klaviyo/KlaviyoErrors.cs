using System.Text.Json;
using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The body of Klaviyo's error answers: <c>{"errors":[{title, detail, source:{pointer}}]}</c>.</summary>
internal sealed record KlaviyoErrors
{
    private const int MaxLength = 1000;

    public IReadOnlyList<KlaviyoError?>? Errors { get; init; }

    /// <summary>The first error's title, detail and pointer in one line, with emails masked; the status where there is no such body.</summary>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"Klaviyo answered {(int)response.StatusCode}";
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (Read(body)?.Errors is not [{ } error, ..])
        {
            return status + ".";
        }

        var pointer = error.Source?.Pointer ?? error.Source?.Parameter;
        var text = EmailMask.Apply($"{status}: {error.Title} {error.Detail}{(pointer is null ? "" : $" ({pointer})")}");
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }

    private static KlaviyoErrors? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, KlaviyoJsonContext.Default.KlaviyoErrors);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record KlaviyoError(string? Title, string? Detail, KlaviyoErrorSource? Source);

    internal sealed record KlaviyoErrorSource(string? Pointer, string? Parameter);
}
