using CsCheck;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>A change of bytes that does not know what they mean.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="At">Where.</param>
/// <param name="Count">With how many bytes.</param>
/// <param name="To">Where they are put once more.</param>
/// <param name="Value">A byte that is put in the place of another.</param>
/// <param name="Piece">Bytes that are put in.</param>
internal sealed record ByteEdit(int Kind, int At, int Count, int To, byte Value, byte[] Piece)
{
    private static readonly byte[][] Pieces =
    [
        [0], [0, 0, 0, 0], [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xef, 0xbb, 0xbf], [0xe2, 0x80, 0xae],
        [.. "{"u8], [.. "["u8], [.. "\""u8], [.. "\\"u8], [.. ","u8], [.. ":"u8], [.. "}}"u8], [.. "\r\n"u8], [.. "\\u0000"u8], [.. "\\ud800"u8], [.. "//"u8],
    ];

    private static readonly Gen<int> Place = Gen.Int[0, 4095];

    /// <summary>One to four changes.</summary>
    public static Gen<ByteEdit[]> Some { get; } = Gen
        .Select(Gen.Int[0, 5], Place, Gen.Int[1, 39], Place, Gen.Byte, Gen.OneOf(Pieces), (kind, at, count, to, value, piece) => new ByteEdit(kind, at, count, to, value, piece))
        .Array[1, 4];

    public static Gen<ByteEdit[]> None { get; } = Gen.Const(Array.Empty<ByteEdit>());

    public static byte[] Apply(byte[] bytes, ByteEdit[] edits)
    {
        var edited = bytes.ToList();
        foreach (var edit in edits)
        {
            edit.Change(edited);
        }

        return [.. edited];
    }

    private void Change(List<byte> bytes)
    {
        var at = At % (bytes.Count + 1);
        var count = Math.Min(Count, bytes.Count - at);
        switch (Kind)
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << (Value % 8));
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2:
                bytes.RemoveRange(at, count);
                break;
            case 3:
                bytes.InsertRange(To % (bytes.Count + 1), bytes.GetRange(at, count));
                break;
            case 4 when at < bytes.Count:
                bytes[at] = Value;
                break;
            default:
                bytes.InsertRange(at, Piece);
                break;
        }
    }
}
