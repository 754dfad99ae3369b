using System.Text;
using CsCheck;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>A change of a header that carries credentials: it is removed, replaced, cut, lengthened or has one character more.</summary>
/// <param name="Header">Which of the headers.</param>
/// <param name="Kind">What is done.</param>
/// <param name="At">Where in the value.</param>
/// <param name="Count">How often.</param>
/// <param name="Text">What takes the value's place.</param>
/// <param name="Character">What is put in.</param>
internal sealed record HeaderEdit(int Header, int Kind, int At, int Count, string Text, char Character)
{
    private static readonly string[] Values =
    [
        "", " ", ",", "=", "Basic", "Basic ", "Basic ==", "Basic Og==", "Bearer x", "sha1=", "sha256=", "v1,", "v1", "v1a,AAAA", "v2,x v1, v1", "v1,v1,v1", "whsec_",
        "0", "-1", "1e9", "99999999999999999999", "9223372036854775807", "253402300800", "-62135596801", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        "2026-01-15T14:03:00", "now", "\u00e9", "\u0131", "\ud83d\ude00", "%00", "null", "undefined", "\t", "a\tb",
    ];

    /// <summary>Up to two changes.</summary>
    public static Gen<HeaderEdit[]> Any { get; } = Gen
        .Select(
            Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 199], Gen.Int[1, 6_000], Gen.OneOf(Values), Gen.Char['\u0001', '\u024f'],
            (header, kind, at, count, text, character) => new HeaderEdit(header, kind, at, count, text, character))
        .Array[0, 2];

    /// <summary>Whether anything is changed.</summary>
    public static bool Apply(Dictionary<string, string> headers, HeaderEdit[] edits)
    {
        var before = new Dictionary<string, string>(headers);
        foreach (var edit in edits.Where(_ => headers.Count > 0))
        {
            var name = headers.Keys.ElementAt(edit.Header % headers.Count);
            if (edit.Kind == 9)
            {
                headers.Remove(name);
            }
            else
            {
                headers[name] = edit.Change(headers[name]);
            }
        }

        return headers.Count != before.Count || headers.Any(header => before[header.Key] != header.Value);
    }

    private string Change(string value)
    {
        var at = At % (value.Length + 1);
        return Kind switch
        {
            0 => Text,
            1 => value[..at],
            2 => value[at..],
            3 => value.Insert(at, $"{Character}"),
            4 => $"{value},{value}",
            5 => value.ToUpperInvariant(),
            6 => value + new string('A', Count),
            7 when value.Length > 0 => new StringBuilder(value) { [Math.Min(at, value.Length - 1)] = (char)(0x20 + (Character % 0x5f)) }.ToString(),
            _ => string.Join(' ', Enumerable.Repeat(value[at..], Count % 40)),
        };
    }
}
