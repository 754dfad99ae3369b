using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Fuzz;

[Collection(FuzzCollection.Name)]
public sealed class VerifierFuzzTests
{
    [Fact]
    public async Task Verifiers_withstand_whatever_a_header_holds_and_accept_no_other_body()
    {
        using var relay = new RelayFixture(FuzzSettings.Differences);
        var verifiers = relay.Get<IEnumerable<IWebhookVerifier>>().ToArray();
        verifiers.Select(verifier => verifier.Kind).ShouldBe(FuzzCredentials.Kinds, ignoreOrder: true);

        await new FuzzRun("Verifiers", memoryMargin: 4 * FuzzRun.MiB).RunAsync(random =>
        {
            Check(verifiers[random.Next(verifiers.Length)], random);
            return ValueTask.CompletedTask;
        });
    }

    private static void Check(IWebhookVerifier verifier, Random random)
    {
        var (_, signed) = FuzzSamples.Next(random);
        var body = random.Next(4) == 0 ? ByteMutation.Of(signed, random) : signed;
        var headers = FuzzCredentials.For(verifier.Kind, signed, TestClock.Start);
        var isChanged = HeaderMutation.Apply(headers, random);
        var secret = random.Next(8) == 0 ? Secret(random) : FuzzCredentials.Secret;
        var request = new WebhookRequest("any", "application/json", body.Length, Stream.Null, name => headers.GetValueOrDefault(name));
        var options = new WebhookOptions { Kind = verifier.Kind, Username = "relay", Header = verifier.Kind == WebhookKinds.Basic ? "" : FuzzCredentials.Header };

        var isAuthentic = verifier.WhatIsWrongWith(secret) is null && verifier.IsAuthentic(options, secret, request, body);

        var isSameBody = body.AsSpan().SequenceEqual(signed);
        if (!isChanged && isSameBody && secret == FuzzCredentials.Secret)
        {
            isAuthentic.ShouldBeTrue(verifier.Kind);
        }

        // A password can be cut to another secret; a signature can't be made into one of another key or body.
        var isOtherSecret = secret != FuzzCredentials.Secret;
        if (verifier.NeedsBody ? isOtherSecret || !isSameBody : isOtherSecret && !isChanged)
        {
            isAuthentic.ShouldBeFalse(verifier.Kind);
        }
    }

    private static string Secret(Random random) => random.Next(5) switch
    {
        0 => "",
        1 => "whsec_",
        2 => "whsec_!",
        3 => new string('\u00e9', random.Next(1, 100)),
        // Not AAAA: to an HMAC, zero bytes behind a key are no change.
        _ => FuzzCredentials.Secret + "BBBB",
    };
}
