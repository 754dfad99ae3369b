namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>A protobuf message's fields by number, as far as a test asks for them (protobuf.dev/programming-guides/encoding).</summary>
internal sealed class ProtobufMessage
{
    private readonly ILookup<int, ReadOnlyMemory<byte>> _fields;

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        _fields = Read(bytes).ToLookup(field => field.Number, field => field.Value);
    }

    /// <summary>The messages in a field, which may be repeated.</summary>
    public IEnumerable<ProtobufMessage> Messages(int field) => _fields[field].Select(bytes => new ProtobufMessage(bytes));

    public string Text(int field) => _fields[field].Select(bytes => System.Text.Encoding.UTF8.GetString(bytes.Span)).FirstOrDefault("");

    public string Hex(int field) => _fields[field].Select(bytes => Convert.ToHexStringLower(bytes.Span)).FirstOrDefault("");

    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = (int)Varint(ref bytes);
            var length = (tag & 7) switch
            {
                0 => VarintLength(bytes),
                1 => 8,
                2 => (int)Varint(ref bytes),
                5 => 4,
                var type => throw new FormatException($"There is no wire type {type}."),
            };
            yield return (tag >> 3, bytes[..length]);
            bytes = bytes[length..];
        }
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var length = VarintLength(bytes);
        var value = 0UL;
        for (var index = length - 1; index >= 0; index--)
        {
            value = (value << 7) | (bytes.Span[index] & 0x7Fu);
        }

        bytes = bytes[length..];
        return value;
    }

    private static int VarintLength(ReadOnlyMemory<byte> bytes) => bytes.Span.IndexOfAnyInRange((byte)0, (byte)0x7F) + 1;
}
