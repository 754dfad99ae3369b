using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>Refuses bytes that are not UTF-8, and says where the first of them is.</summary>
public sealed class Utf8Stream(Stream inner) : ReadingStream(inner)
{
    private byte[] _begun = [];
    private long _line = 1;
    private long _column = 1;

    protected override void Look(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        // A character may begin in one piece and end in the next.
        ReadOnlySpan<byte> all = _begun.Length == 0 ? bytes : [.. _begun, .. bytes];
        var whole = isEnd ? all : all[..^BegunAtEnd(all)];
        if (!Utf8.IsValid(whole))
        {
            Count(whole[..ValidBeginning(whole)]);
            throw new RowsRefusedException(RowsProblem.Malformed, FormattableString.Invariant($"Line {_line}, column {_column}: the bytes are not UTF-8."));
        }

        Count(whole);
        _begun = all.Length == whole.Length ? [] : all[whole.Length..].ToArray();
    }

    private void Count(ReadOnlySpan<byte> whole)
    {
        var lastBreak = whole.LastIndexOf((byte)'\n');
        _line += whole.Count((byte)'\n');
        _column = lastBreak < 0 ? _column + whole.Length : whole.Length - lastBreak;
    }

    private static int ValidBeginning(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }

    /// <summary>How many bytes at the end begin a character without ending it.</summary>
    private static int BegunAtEnd(ReadOnlySpan<byte> bytes)
    {
        for (var count = 1; count <= Math.Min(3, bytes.Length); count++)
        {
            var first = bytes[^count];
            if ((first & 0b1100_0000) != 0b1000_0000)
            {
                var needed = first >= 0b1111_0000 ? 4 : first >= 0b1110_0000 ? 3 : first >= 0b1100_0000 ? 2 : 1;
                return needed > count ? count : 0;
            }
        }

        return 0;
    }
}
