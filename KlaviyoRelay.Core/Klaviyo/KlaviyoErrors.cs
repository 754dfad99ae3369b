using System.Text.Json;
using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The body of Klaviyo's error answers: <c>{"errors":[{code, title, detail, source:{pointer}}]}</c>.</summary>
internal sealed record KlaviyoErrors
{
    private const int MaxLength = 1000;

    public IReadOnlyList<KlaviyoError?>? Errors { get; init; }

    /// <summary>Every error, and at least one: the bare status where there is no such body.</summary>
    public static async Task<IReadOnlyList<KlaviyoRefusal>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"Klaviyo answered {(int)response.StatusCode}";
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var refusals = (Read(body)?.Errors ?? []).OfType<KlaviyoError>().Select(error => Describe(status, error)).ToList();
        return refusals.Count > 0 ? refusals : [new KlaviyoRefusal(status + ".", null, IsAboutTheKey: false)];
    }

    private static KlaviyoRefusal Describe(string status, KlaviyoError error)
    {
        var pointer = error.Source?.Pointer ?? error.Source?.Parameter;
        var text = EmailMask.Apply($"{status}: {error.Title} {error.Detail}{(pointer is null ? "" : $" ({pointer})")}");
        return new KlaviyoRefusal(
            text.Length <= MaxLength ? text : text[..MaxLength],
            pointer,
            IsAboutTheKey: error.Code is "not_authenticated" or "authentication_failed");
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

    internal sealed record KlaviyoError(string? Code, string? Title, string? Detail, KlaviyoErrorSource? Source);

    internal sealed record KlaviyoErrorSource(string? Pointer, string? Parameter);
}
