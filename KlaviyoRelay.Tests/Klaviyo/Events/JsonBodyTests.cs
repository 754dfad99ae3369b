using System.Text;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Klaviyo.Events;

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

    [Fact]
    public void Body_on_its_way_is_left_alone_by_the_next_one()
    {
        var first = JsonBody.Create(100);
        first.AppendText("ann@shop.example");
        var sent = first.Attempt();

        var next = JsonBody.Create(100);
        next.AppendText("bob@shop.example");

        Encoding.UTF8.GetString(sent.Span).ShouldBe("\"ann@shop.example\"");
        Encoding.UTF8.GetString(next.Attempt().Span).ShouldBe("\"bob@shop.example\"");
    }

    [Fact]
    public void Fragment_within_a_body_leaves_it_alone()
    {
        var body = JsonBody.Create();
        body.Append("["u8);
        body.AppendText("a");

        var fragment = JsonBody.Fragment("b", static (json, text) => json.WriteStringValue(text));
        body.Append(","u8);
        body.Append(fragment);
        body.Append("]"u8);

        Encoding.UTF8.GetString(body.Attempt().Span).ShouldBe("[\"a\",\"b\"]");
    }

    [Fact]
    public void Fragment_that_could_not_be_written_leaves_nothing_in_the_next_one()
    {
        Should.Throw<FormatException>(() => JsonBody.Fragment("ann@shop.example", static (json, text) =>
        {
            json.WriteStringValue(text);
            throw new FormatException();
        }));

        Encoding.UTF8.GetString(JsonBody.Fragment("b", static (json, text) => json.WriteStringValue(text))).ShouldBe("\"b\"");
    }

    [Fact]
    public void Buffer_is_made_as_large_as_the_body_is_expected_to_be()
    {
        JsonBody.Create().Reuse();

        var body = JsonBody.Create(300_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var written = 0; written < 290_000; written += 1000)
        {
            body.Append(new byte[1000]);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(290 * 1100);
    }
}
