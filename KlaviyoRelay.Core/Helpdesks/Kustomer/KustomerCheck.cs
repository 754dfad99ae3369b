using System.Net;
using System.Net.Http.Headers;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// Asks Kustomer which token this is, which any valid key may (developer.kustomer.com/docs/get-started/quickstart),
/// and for a customer that nobody has, which takes the role that look-ups need.
/// </summary>
public sealed class KustomerCheck(Probe probe, TimeProvider clock) : IHelpdeskCheck
{
    public const string KeySubject = "Kustomer API key";
    public const string RoleSubject = "Kustomer customer.read";

    public string Helpdesk => KustomerHelpdesk.Id;

    public string SecretOf(Connection connection) => connection.Options.Own<KustomerOptions>().ApiKeySecret;

    public async Task<IReadOnlyList<CheckLine>> CheckAsync(Connection connection, string secret, CancellationToken cancellationToken)
    {
        var kustomer = new CheckedApi(
            "Kustomer", BaseAddress.Of(connection.Options.Own<KustomerOptions>().BaseAddress), $"{connection.Setting}__Kustomer__BaseAddress", "https://{org}.api.kustomerapp.com");
        using var token = await GetAsync(kustomer, "v1/auth/tokens/current", secret, cancellationToken);
        var key = ReadToken(kustomer, token, SecretOf(connection));
        if (key.Outcome == CheckOutcome.Failed)
        {
            return [key.Of(KeySubject), Finding.Unknown("the key has to work first").Of(RoleSubject)];
        }

        // Kustomer's ids are 24 hexadecimal digits, and none is all zeros.
        using var customer = await GetAsync(kustomer, "v1/customers/000000000000000000000000", secret, cancellationToken);
        return [key.Of(KeySubject), ReadCustomer(kustomer, customer).Of(RoleSubject)];
    }

    private Finding ReadToken(CheckedApi kustomer, ProbeAnswer answer, string secretName) => kustomer.TroubleWith(answer, clock) ?? answer.Response?.StatusCode switch
    {
        HttpStatusCode.OK => Finding.Ok("The key is accepted"),
        HttpStatusCode.Unauthorized => Finding.Failed(
            "Kustomer refuses the API key (401), which is deleted, expired or mistyped",
            $"create a key in Kustomer, Settings, Security, API Keys, and store it in the secret '{secretName}'"),
        HttpStatusCode.Forbidden => Finding.Failed("Kustomer refuses the API key from here (403)", "look whether the key is restricted to other IP addresses, and create one that is not"),
        HttpStatusCode.NotFound => kustomer.NotThere,
        var status => Finding.Unknown($"Kustomer answered {(int?)status}"),
    };

    private Finding ReadCustomer(CheckedApi kustomer, ProbeAnswer answer) => kustomer.TroubleWith(answer, clock) ?? answer.Response?.StatusCode switch
    {
        // That a key without the role is told so before it is told that there is no such customer is assumed, not documented.
        HttpStatusCode.NotFound => Finding.Ok("Granted: Kustomer looked for a customer that does not exist"),
        HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => Finding.Failed(
            "The key is valid but may not read customers", "create a new key with the role org.permission.customer.read; roles of a key can't be changed"),
        var status => Finding.Unknown($"Kustomer answered {(int?)status}"),
    };

    private async Task<ProbeAnswer> GetAsync(CheckedApi kustomer, string path, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(kustomer.Address, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return await probe.SendAsync(request, cancellationToken);
    }
}
