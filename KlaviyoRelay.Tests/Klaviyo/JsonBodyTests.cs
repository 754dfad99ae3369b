using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Klaviyo;

public sealed class JsonBodyTests
{
    [Fact]
    public void Body_that_was_sent_twice_keeps_its_buffer()
    {
        var body = JsonBody.Create();
        body.AppendText("ann@shop.example");
        body.Attempt();
        var second = body.Attempt();

        body.Reuse();

        // The first attempt was given up and may be under way still.
        body.Length.ShouldBe(second.Length);
        JsonBody.Create().ShouldNotBeSameAs(body);
    }
}
