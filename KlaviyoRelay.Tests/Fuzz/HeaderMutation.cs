using System.Text;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Changes the headers that carry credentials.</summary>
internal static class HeaderMutation
{
    private static readonly string[] Values =
    [
        "", " ", ",", "=", "Basic", "Basic ", "Basic ==", "Basic Og==", "Bearer x", "sha1=", "sha256=", "v1,", "v1", "v1a,AAAA", "v2,x v1, v1", "v1,v1,v1", "whsec_",
        "0", "-1", "1e9", "99999999999999999999", "9223372036854775807", "253402300800", "-62135596801", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        "2026-01-15T14:03:00", "now", "\u00e9", "\u0131", "\ud83d\ude00", "%00", "null", "undefined", "\t", "a\tb",
    ];

    /// <summary>Whether anything is changed: a header is removed, replaced, cut, lengthened or has one character more.</summary>
    public static bool Apply(Dictionary<string, string> headers, Random random)
    {
        if (random.Next(4) == 0)
        {
            return false;
        }

        var before = new Dictionary<string, string>(headers);
        for (var left = random.Next(1, 3); left > 0 && headers.Count > 0; left--)
        {
            var name = headers.Keys.ElementAt(random.Next(headers.Count));
            if (random.Next(8) == 0)
            {
                headers.Remove(name);
            }
            else
            {
                headers[name] = Change(headers[name], random);
            }
        }

        return headers.Count != before.Count || headers.Any(header => before[header.Key] != header.Value);
    }

    private static string Change(string value, Random random)
    {
        var at = random.Next(value.Length + 1);
        return random.Next(9) switch
        {
            0 => Values[random.Next(Values.Length)],
            1 => value[..at],
            2 => value[at..],
            3 => value.Insert(at, ((char)random.Next(1, 0x250)).ToString()),
            4 => $"{value},{value}",
            5 => value.ToUpperInvariant(),
            6 => value + new string('A', random.Next(1, 6000)),
            7 when value.Length > 0 => new StringBuilder(value) { [Math.Min(at, value.Length - 1)] = (char)random.Next(0x20, 0x7f) }.ToString(),
            _ => string.Join(' ', Enumerable.Repeat(value[at..], random.Next(1, 40))),
        };
    }
}
