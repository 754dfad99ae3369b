using System.Net;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>
/// Asks Gladly for the conversations' events of half a minute: it reads only, the relay needs the call anyway, and a
/// token that may make one call may make all (developer.gladly.com/rest).
/// </summary>
public sealed class GladlyCheck(Probe probe, GladlyApi api, TimeProvider clock) : IHelpdeskCheck
{
    public const string Subject = "Gladly API";

    public string Helpdesk => GladlyHelpdesk.Id;

    public string SecretOf(Connection connection) => connection.Options.Own<GladlyOptions>().ApiTokenSecret;

    public async Task<IReadOnlyList<CheckLine>> CheckAsync(Connection connection, string secret, CancellationToken cancellationToken)
    {
        var now = clock.WallTime();
        using var request = api.Get(connection, GladlyEvents.PathOf(now.AddSeconds(-60), now.AddSeconds(-30))).Request(secret);
        using var answer = await probe.SendAsync(request, cancellationToken);
        return [Read(connection, answer).Of(Subject)];
    }

    private Finding Read(Connection connection, ProbeAnswer answer)
    {
        var setting = $"{connection.Setting}__Gladly";
        var gladly = new CheckedApi(GladlyApi.Name, BaseAddress.Of(connection.Options.Own<GladlyOptions>().BaseAddress), $"{setting}__BaseAddress", "https://{organization}.gladly.com")
        {
            // One event a line, and no line where nothing happened.
            Form = GladlyApi.Found with { IsSuccess = AnswerForm.IsBlankOrObject },
        };
        if (gladly.TroubleWith(answer, clock) is { } trouble)
        {
            return trouble;
        }

        return answer.Response?.StatusCode switch
        {
            HttpStatusCode.OK => Finding.Ok("The API user and its token are accepted"),
            HttpStatusCode.Unauthorized => Finding.Failed(
                "Gladly refuses the API user or its token (401)",
                $"create a token as the user that {setting}__ApiUser names, in this organization and not in its sandbox, and store it in the secret '{SecretOf(connection)}'"),
            HttpStatusCode.Forbidden => Finding.Failed("The API user may not use Gladly's API (403)", "give the user the permission API User in Gladly, Settings, Users"),
            HttpStatusCode.NotFound => gladly.NotThere,
            var status => Finding.Unknown($"Gladly answered {(int?)status}"),
        };
    }
}
