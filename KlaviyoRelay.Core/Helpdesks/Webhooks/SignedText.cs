using System.Text;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>What a signature is over: the body, and beside it text and values of headers, such as <c>{podium-timestamp}.{body}</c>.</summary>
public sealed class SignedText
{
    private const string Body = "body";

    private readonly IReadOnlyList<Part> _before;
    private readonly IReadOnlyList<Part> _after;

    private SignedText(IReadOnlyList<Part> before, IReadOnlyList<Part> after)
    {
        _before = before;
        _after = after;
        Headers = [.. before.Concat(after).Where(part => part.IsHeader).Select(part => part.Text)];
    }

    /// <summary>The body alone.</summary>
    public static SignedText OfBody { get; } = new([], []);

    /// <summary>The headers whose values are signed.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Reads a template; null when it has not exactly one <c>{body}</c>, or braces that don't hold a header's name.</summary>
    public static SignedText? Parse(string template)
    {
        List<Part> before = [], after = [];
        var parts = before;
        for (var rest = template; rest.Length > 0;)
        {
            var open = rest.IndexOfAny(['{', '}']);
            if (open != 0)
            {
                parts.Add(new Part(IsHeader: false, open < 0 ? rest : rest[..open]));
                rest = open < 0 ? "" : rest[open..];
                continue;
            }

            var close = rest.IndexOf('}', StringComparison.Ordinal);
            var name = rest[0] == '{' && close > 0 ? rest[1..close] : "";
            if (name == Body && parts == before)
            {
                parts = after;
            }
            else if (name != Body && HeaderName.IsValid(name))
            {
                parts.Add(new Part(IsHeader: true, name));
            }
            else
            {
                return null;
            }

            rest = rest[(close + 1)..];
        }

        return parts == after ? new SignedText(before, after) : null;
    }

    /// <summary>What stands before the body.</summary>
    public byte[] Before(WebhookRequest request) => Write(_before, request);

    /// <summary>What stands after it.</summary>
    public byte[] After(WebhookRequest request) => Write(_after, request);

    private static byte[] Write(IReadOnlyList<Part> parts, WebhookRequest request) => parts.Count == 0
        ? []
        : Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => part.IsHeader ? request.Credential(part.Text) : part.Text)));

    private readonly record struct Part(bool IsHeader, string Text);
}
