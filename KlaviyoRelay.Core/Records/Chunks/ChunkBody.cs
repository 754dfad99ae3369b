using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>The body of a request that sends a part of a chunk.</summary>
public static class ChunkBody
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="chunk">The chunk's JSON.</param>
    /// <param name="map">Where its entries are.</param>
    /// <param name="format">What stands around them.</param>
    /// <param name="entries">The entries to send, in order.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> chunk, ChunkMap map, ChunkFormat format, IReadOnlyList<PlannedEntry> entries)
    {
        if (entries.Count == map.Entries.Count && entries.All(entry => entry.Dropped.Count == 0))
        {
            return chunk;
        }

        var body = new ArrayBufferWriter<byte>(chunk.Length);
        body.Write(format.Beginning);
        for (var place = 0; place < entries.Count; place++)
        {
            body.Write(place == 0 ? [] : ","u8);
            var entry = map.Entries[entries[place].Index];
            body.Write(Without(chunk.Span.Slice(entry.Offset, entry.Length), entries[place].Dropped));
        }

        body.Write(format.End);
        return body.WrittenMemory;
    }

    /// <summary>The one entry alone, as the single import takes it.</summary>
    public static ReadOnlyMemory<byte> Single(ReadOnlyMemory<byte> chunk, ChunkEntry entry, IReadOnlyList<string> dropped) =>
        (byte[])[.. """{"data":"""u8, .. Without(chunk.Span.Slice(entry.Offset, entry.Length), dropped), .. "}"u8];

    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> json, IReadOnlyList<string> dropped)
    {
        if (dropped.Count == 0)
        {
            return json;
        }

        var entry = JsonNode.Parse(json);
        foreach (var path in dropped)
        {
            Remove(entry, path.Split('/'));
        }

        return JsonSerializer.SerializeToUtf8Bytes(entry, Options);
    }

    private static void Remove(JsonNode? node, ReadOnlySpan<string> path)
    {
        for (; path.Length > 1 && node is JsonObject; path = path[1..])
        {
            node = node[path[0]];
        }

        (node as JsonObject)?.Remove(path[0]);
    }
}
