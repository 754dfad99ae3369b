using System.Net;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Rules;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>The network between one instance and the vendors.</summary>
internal sealed class VendorHandler(World world, Instance instance, Io io) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        return request.RequestUri!.Host switch
        {
            Klaviyo.Host => await ToKlaviyoAsync(request, body, cancellationToken),
            GladlyDesk.Host => await ToHelpdeskAsync(Names.Gladly, GladlyDesk.Endpoint, request, () => world.Gladly.Answer(request), cancellationToken),
            _ when request.Headers.Authorization?.Parameter == Settings.BrandsKey =>
                await ToHelpdeskAsync(Names.Brands, KustomerDesk.Endpoint, request, () => world.Kustomer.Answer(request, Names.Brands), cancellationToken),
            _ => await ToHelpdeskAsync(Names.Kustomer, KustomerDesk.Endpoint, request, () => world.Kustomer.Answer(request, Names.Kustomer), cancellationToken),
        };
    }

    private async Task<HttpResponseMessage> ToKlaviyoAsync(HttpRequestMessage request, byte[] body, CancellationToken cancellationToken)
    {
        // Keys begin with their account's name.
        var key = request.Headers.Authorization?.Parameter ?? "";
        var account = key.Split('_')[0];
        var endpoint = Klaviyo.EndpointOf(request);
        var limited = endpoint == Klaviyo.BulkJobs && Imports.IsOfRows(body) ? RateWatch.BulkJobsOfRows : endpoint;
        world.Rates.Sent(instance.Process, account, limited);
        var isCut = world.Weather.Meets(TroubleKind.KlaviyoCuts, account) is not null;
        var isLost = world.Weather.Meets(TroubleKind.KlaviyoLosesAnswers, account) is not null;
        var hangs = world.Weather.Meets(TroubleKind.KlaviyoHangs, account) is not null;
        if (isCut || isLost || hangs)
        {
            world.Facts.Note(Facts.Unavailable, account);
        }

        var there = hangs ? world.Dice.Milliseconds(500, 40_000) : world.Dice.Milliseconds(10, 80);
        var answered = await io.DoAsync($"asks Klaviyo's {account} for {endpoint}", there, world.Dice.Milliseconds(10, 60), () =>
        {
            if (isCut)
            {
                throw new HttpRequestException("The connection was cut.");
            }

            var answer = world.Klaviyo.Answer(request, endpoint, key, body, account);
            world.Story.Tell($"Klaviyo answers {(int)answer.StatusCode}{(isLost ? ", which is lost" : "")}");
            return isLost ? throw new HttpRequestException("The answer was cut.", new IOException()) : answer;
        }, cancellationToken);
        var isOfEvents = limited is Klaviyo.Events or Klaviyo.BulkJobs;
        world.Rates.Answered(instance.Process, account, limited, answered, isOfEvents ? instance.BatchBegun : null);
        if (isOfEvents && answered is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } asked })
        {
            world.Holds.Throttled(account, EventEntry.Read(body, limited == Klaviyo.BulkJobs), asked);
        }

        return answered;
    }

    private async Task<HttpResponseMessage> ToHelpdeskAsync(string connection, string endpoint, HttpRequestMessage request, Func<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        world.Rates.Sent(instance.Process, connection, endpoint);
        var hangs = world.Weather.Meets(TroubleKind.HelpdeskHangs, connection) is not null;
        if (hangs)
        {
            world.Facts.Note(Facts.Unavailable, connection);
        }

        var there = hangs ? world.Dice.Milliseconds(500, 40_000) : world.Dice.Milliseconds(10, 100);
        var answered = await io.DoAsync($"asks {connection} for {request.RequestUri!.AbsolutePath}", there, world.Dice.Milliseconds(10, 60), () =>
        {
            var given = answer();
            if (given.StatusCode != HttpStatusCode.OK)
            {
                world.Story.Tell($"{connection} answers {(int)given.StatusCode}");
            }

            return given;
        }, cancellationToken);
        world.Rates.Answered(instance.Process, connection, endpoint, answered);
        return answered;
    }
}
