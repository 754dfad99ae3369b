using System.Text;
using KlaviyoRelay.Core.Conversations.Recovery;

namespace KlaviyoRelay.Tests.Conversations.Recovery;

public sealed class JsonLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\r\n  \n", "")]
    [InlineData("{}", "{}")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}|{\"b\":2}")]
    [InlineData("{\"a\":1}\r\n\r\n{\"b\":2}\r\n", "{\"a\":1}|{\"b\":2}")]
    [InlineData("\n{\"a\":1}\n\n\n{\"ü\":\"\\n\"}", "{\"a\":1}|{\"ü\":\"\\n\"}")]
    public async Task Lines_are_read_however_they_are_ended_and_however_they_arrive(string text, string expected)
    {
        (await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)))).ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
        (await ReadAsync(new TricklingStream(Encoding.UTF8.GetBytes(text)))).ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Line_that_is_too_long_is_cut_and_the_next_one_is_whole()
    {
        var text = new string('x', JsonLines.MaxLineBytes * 2) + "\n{}\n";

        var lines = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        lines.Count.ShouldBeGreaterThan(2);
        lines[^1].ShouldBe("{}");
        lines.SkipLast(1).ShouldAllBe(line => line.Trim('x').Length == 0);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\n")]
    [InlineData("{}\n")]
    public async Task Reading_ends_when_there_is_no_end(string repeated)
    {
        var exception = await Should.ThrowAsync<RecordBrokenException>(async () =>
        {
            await foreach (var _ in JsonLines.ReadAsync(new EndlessStream(repeated), 2 * JsonLines.MaxLineBytes, TestContext.Current.CancellationToken))
            {
                // Whatever it holds.
            }
        });

        exception.Message.ShouldBe("is longer than 2 MiB.");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Stream stream)
    {
        var lines = new List<string>();
        await foreach (var line in JsonLines.ReadAsync(stream, TestContext.Current.CancellationToken))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span).TrimEnd('\r'));
        }

        return lines;
    }

    /// <summary>Gives one byte at a time, as a slow connection would.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
