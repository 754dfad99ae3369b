using CsCheck;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Fuzz;

[Collection<OneAtATime>]
public sealed class VerifierFuzzTests
{
    private static readonly Gen<string> Secrets = Gen.Frequency(
        (7, Gen.Const(FuzzCredentials.Secret)),
        // Not AAAA: to an HMAC, zero bytes behind a key are no change.
        (1, Gen.OneOf("", "whsec_", "whsec_!", new string('\u00e9', 100), FuzzCredentials.Secret + "BBBB")));

    private static readonly Gen<Attempt> Attempts = Gen.Select(
        Gen.OneOf([.. FuzzCredentials.Kinds]), FuzzSamples.Webhooks, Gen.Frequency((3, ByteEdit.None), (1, ByteEdit.Some)), HeaderEdit.Any, Secrets,
        (kind, webhook, bytes, headers, secret) => new Attempt(kind, webhook, ByteEdit.Apply(webhook.Body, bytes), headers, secret));

    [Fact]
    public async Task Verifiers_withstand_whatever_a_header_holds_and_accept_no_other_body()
    {
        using var relay = new RelayFixture(FuzzSettings.Differences);
        var verifiers = relay.Get<IEnumerable<IWebhookVerifier>>().ToDictionary(verifier => verifier.Kind);
        verifiers.Keys.ShouldBe(FuzzCredentials.Kinds, ignoreOrder: true);

        await FuzzRun.RunAsync(Attempts, 20_000, attempt =>
        {
            Check(verifiers[attempt.Kind], attempt);
            return ValueTask.CompletedTask;
        });
    }

    private static void Check(IWebhookVerifier verifier, Attempt attempt)
    {
        var headers = FuzzCredentials.For(verifier.Kind, attempt.Webhook.Body, TestClock.Start);
        var isChanged = HeaderEdit.Apply(headers, attempt.Headers);
        var request = new WebhookRequest("any", "application/json", attempt.Body.Length, Stream.Null, name => headers.GetValueOrDefault(name));
        var options = new WebhookOptions { Kind = verifier.Kind, Username = "relay", Header = verifier.Kind == WebhookKinds.Basic ? "" : FuzzCredentials.Header };

        var isAuthentic = verifier.WhatIsWrongWith(attempt.Secret) is null && verifier.IsAuthentic(options, attempt.Secret, request, attempt.Body);

        var isSameBody = attempt.Body.AsSpan().SequenceEqual(attempt.Webhook.Body);
        var isOtherSecret = attempt.Secret != FuzzCredentials.Secret;
        if (!isChanged && isSameBody && !isOtherSecret)
        {
            isAuthentic.ShouldBeTrue();
        }

        // A password can be cut to another secret; a signature can't be made into one of another key or body.
        if (verifier.NeedsBody ? isOtherSecret || !isSameBody : isOtherSecret && !isChanged)
        {
            isAuthentic.ShouldBeFalse();
        }
    }

    /// <summary>A body that comes with credentials of the webhook, which are changed.</summary>
    private sealed record Attempt(string Kind, FuzzedWebhook Webhook, byte[] Body, HeaderEdit[] Headers, string Secret)
    {
        public override string ToString() => $"{Kind}, secret '{Secret}', {string.Join(", ", Headers.AsEnumerable())}, {Webhook} sent as {new FuzzedWebhook(Webhook.Connection, Body)}";
    }
}
