using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A message that failed for an email; null for the whole message.</summary>
internal sealed record Undelivered(RelayMessage Message, string? Email, DeliveryFailure Failure);

internal static class UndeliveredExtensions
{
    /// <summary>Writes the letters of a batch that failed so.</summary>
    public static Task WriteAsync(this RelayFixture relay, params IReadOnlyList<Undelivered> undelivered)
    {
        var batch = new RelayBatch(relay.Budget, TestClock.Start);
        foreach (var one in undelivered)
        {
            if (one.Email is { } email)
            {
                batch.Fail(Delivery.Of(one.Message, relay.Connection("gladly"), relay.Account("main"), [email]).Single(), one.Failure);
            }
            else
            {
                batch.Fail(one.Message, one.Failure);
            }
        }

        return relay.Get<DeadLetterWriter>().WriteAsync(batch.FailedWork(), TestContext.Current.CancellationToken);
    }
}
