using System.Net;
using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Texts that a helpdesk's template made for a page.</summary>
public static partial class HtmlText
{
    /// <summary>
    /// The text as a person reads it: without HTML's tags, and its entities decoded once. What merely looks like a
    /// tag stays, as the address in <c>Jane &lt;jane@example.com&gt;</c>.
    /// </summary>
    public static string Decode(string html)
    {
        if (!html.AsSpan().ContainsAny('<', '&'))
        {
            return html;
        }

        // Tags first: an entity that decodes to one is a part of the text.
        var text = Tag().Replace(html, tag => IsBreak(tag.Groups["name"].Value) ? " " : "");
        return WebUtility.HtmlDecode(text);
    }

    private static bool IsBreak(string name) => name.ToLowerInvariant() is "br" or "p" or "div" or "li" or "tr" or "td" or "hr" or "h1" or "h2" or "h3";

    [GeneratedRegex("""</?(?<name>a|abbr|b|big|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|ins|li|mark|ol|p|pre|s|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|wbr)(\s[^<>]*)?/?>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
