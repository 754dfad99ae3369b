using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>A command's result for a program to read.</summary>
/// <param name="Action">The verb.</param>
/// <param name="Count">How many letters it was done with.</param>
/// <param name="HasMore">Whether there are more than <c>--max</c>.</param>
/// <param name="Unreadable">How many messages were met that are no dead letters.</param>
/// <param name="Letters">The letters.</param>
internal sealed record DeadLetterJson(string Action, int Count, bool HasMore, int Unreadable, IReadOnlyList<DeadLetterDocument> Letters)
{
    public static string Write(string action, DeadLetterReport report, bool showEmails) => JsonSerializer.Serialize(
        new DeadLetterJson(
            action, report.Letters.Count, report.HasMore, report.Unreadable, [.. report.Letters.Select(found => DeadLetterDocument.Of(found, showEmails))]),
        DeadLetterJsonContext.Readable.DeadLetterJson);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(DeadLetterJson))]
internal sealed partial class DeadLetterJsonContext : JsonSerializerContext
{
    public static DeadLetterJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
