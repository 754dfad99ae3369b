using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.Cli.Checks;

/// <summary>What was checked, for a program to read.</summary>
/// <param name="Ok">Whether all connections are.</param>
/// <param name="Connections">Each as <c>GET /api/connections/{name}/check</c> gives it.</param>
internal sealed record CheckJson(bool Ok, IReadOnlyList<CheckReport> Connections)
{
    public static string Write(IReadOnlyList<CheckReport> reports) =>
        JsonSerializer.Serialize(new CheckJson(reports.All(report => report.Ok), reports), CheckJsonContext.Readable.CheckJson);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CheckJson))]
internal sealed partial class CheckJsonContext : JsonSerializerContext
{
    public static CheckJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
