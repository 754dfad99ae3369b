using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Audit;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>Asks the relay that runs on this machine how late its events are. No other relay can be asked: its telemetry has the numbers.</summary>
internal static class LatenessClient
{
    private const string Elsewhere = "docs/audit.md has the query for Application Insights";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Option<Uri> Option() => new("--relay")
    {
        Description = "The relay on this machine that is asked how late its events are.",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri(RelayApp.DefaultUrl),
        CustomParser = Address,
    };

    private static Uri? Address(ArgumentResult text)
    {
        if (Uri.TryCreate(text.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.IsLoopback)
        {
            return address;
        }

        text.AddError($"--relay is '{text.Tokens[0].Value}': it should be an address of this machine, such as {RelayApp.DefaultUrl}.");
        return null;
    }

    /// <summary>The numbers, or null; and a sentence about them.</summary>
    public static async Task<(EventLateness? Lateness, string Said)> FindAsync(Uri relay, string account, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri(relay, $"dashboard/lateness?account={Uri.EscapeDataString(account)}"), cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK
                && JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(cancellationToken), CliJson.Default.EventLateness) is { Events: > 0 } lateness)
            {
                return (lateness, Text(lateness));
            }

            return (null, answer.StatusCode == HttpStatusCode.NotFound
                ? $"Lateness is not known: the relay at {relay} has recorded no event of this account since its start."
                : $"Lateness is not known: {relay} answered {(int)answer.StatusCode}, and not as a relay on this machine does; {Elsewhere}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, $"Lateness is not known: no relay answers at {relay}; {Elsewhere}.");
        }
    }

    public static string Text(EventLateness lateness) => string.Create(
        CultureInfo.InvariantCulture,
        $"Lateness, from a webhook's acceptance to Klaviyo's: p50 {lateness.P50:0.###} s, p99 {lateness.P99:0.###} s, of {lateness.Events} events since {CliTime.Text(lateness.Since)}.");
}
