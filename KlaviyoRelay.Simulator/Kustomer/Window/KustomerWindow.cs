using System.Reflection;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Kustomer.Window;

/// <summary>A page like Kustomer's for agents, which frames the relay's card. Nothing but the card comes from elsewhere.</summary>
internal sealed class KustomerWindow(CardSettings settings, CardCommand command, HelpdeskStores helpdesks)
{
    public const string Path = "/kustomer-window";

    private static readonly string Prefix = $"{typeof(KustomerWindow).Namespace}.Page.";

    private readonly KeyValuePair<string, string> _policy = new(
        "Content-Security-Policy",
        $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src {settings.Relay.GetLeftPart(UriPartial.Authority)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    public async Task<Answer> HandleAsync(SimulatedRequest request, CancellationToken cancellationToken) => request.Route switch
    {
        "GET /" => File("window.html"),
        "GET /setup" => Setup(),
        "POST /commands" => await command.RunAsync(request.Body.Bytes, cancellationToken),
        _ when request.Method == "GET" => File(request.Path.TrimStart('/')),
        _ => NotFound,
    };

    private static Answer NotFound => new(404, "text/plain", "The simulated Kustomer has no such page.\n"u8.ToArray());

    private Answer Setup() => JsonBytes.Answer(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("card", settings.Address);
        json.WriteStartArray("customers");
        foreach (var customer in helpdesks.Kustomer.Customers().Where(customer => customer.MovedTo is null))
        {
            json.WriteStartObject();
            json.WriteString("id", customer.Id);
            json.WriteString("name", customer.Name ?? customer.Id);
            json.WriteStartArray("emails");
            foreach (var email in customer.Emails)
            {
                json.WriteStringValue(email.Address);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private Answer File(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name);
        if (stream is null)
        {
            return NotFound;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Answer(200, TypeOf(name), bytes).With(_policy, new("X-Content-Type-Options", "nosniff"), new("Cache-Control", "no-store"));
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "text/html; charset=utf-8",
    };
}
