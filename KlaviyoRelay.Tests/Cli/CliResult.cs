using System.Text.Json;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IReadOnlyList<string> Ids => [.. Json.GetProperty("letters").EnumerateArray().Select(letter => letter.GetProperty("id").GetString() ?? "")];
}
