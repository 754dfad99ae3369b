using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>A person's email or phone number, to be looked for in whatever case it is written.</summary>
public sealed class PersonText(string text)
{
    private const string JsonEscape = "\\u";
    private const int Window = 64 * 1024;

    // As the relay's own JSON has it: + is escaped there.
    private readonly string _escaped = JsonEncodedText.Encode(text).Value;

    public bool IsIn(string? other) => other?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether a content holds it. JSON with escaped characters may hold it unseen, and counts as if it did.</summary>
    public async Task<bool> IsInAsync(Stream content, bool isGzip, bool isJson, CancellationToken cancellationToken)
    {
        await using var plain = isGzip ? new GZipStream(content, CompressionMode.Decompress) : content;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        var buffer = new char[Window + _escaped.Length];
        for (var kept = 0; ;)
        {
            var length = kept + await reader.ReadBlockAsync(buffer.AsMemory(kept), cancellationToken);
            if (Holds(buffer.AsSpan(0, length), isJson))
            {
                return true;
            }

            if (length == kept)
            {
                return false;
            }

            // It can begin at the end of one window and end in the next.
            kept = Math.Min(_escaped.Length, length);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }
    }

    private bool Holds(ReadOnlySpan<char> window, bool isJson) =>
        window.Contains(text, StringComparison.OrdinalIgnoreCase)
        || window.Contains(_escaped, StringComparison.OrdinalIgnoreCase)
        || (isJson && window.Contains(JsonEscape, StringComparison.Ordinal));
}
