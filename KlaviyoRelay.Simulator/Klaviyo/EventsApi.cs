using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>The two endpoints that record events.</summary>
internal static class EventsApi
{
    public static Answer Create(KlaviyoCall call) => Record(call, isBulk: false);

    public static Answer CreateInBulk(KlaviyoCall call) => Record(call, isBulk: true);

    private static Answer Record(KlaviyoCall call, bool isBulk)
    {
        if (JsonBody.Problem(call.Request) is { } problem)
        {
            return problem.ToAnswer();
        }

        var payload = new PayloadReader(call.Now, KlaviyoRevisions.HasBackfill(call.Revision));
        var body = call.Request.Body.Bytes;
        var entries = isBulk ? payload.ReadBulk(body) : payload.ReadSingle(body);
        if (payload.Errors is { Count: > 0 } errors)
        {
            return KlaviyoError.ToAnswer(errors);
        }

        call.Account.Record(entries, isBulk);
        return new Answer(202);
    }
}
