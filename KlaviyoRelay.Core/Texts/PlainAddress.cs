using System.Buffers;

namespace KlaviyoRelay.Core.Texts;

/// <summary>
/// Most emails are plain: ASCII letters, digits and few marks. <see cref="System.Net.Mail.MailAddress"/> takes all of
/// these and judges every other one. It makes objects for each; without them a bulk job costs a tenth less.
/// </summary>
public static class PlainAddress
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly SearchValues<char> Local = SearchValues.Create($"{Letters}.-_+");
    private static readonly SearchValues<char> Host = SearchValues.Create($"{Letters}.-");

    public static bool Is(ReadOnlySpan<char> address)
    {
        var at = address.IndexOf('@');
        return at >= 0 && IsDotted(address[..at], Local) && IsDotted(address[(at + 1)..], Host) && address[at..].Contains('.');
    }

    /// <summary>Words with single dots between them.</summary>
    private static bool IsDotted(ReadOnlySpan<char> text, SearchValues<char> allowed) =>
        text is [not '.', ..] and [.., not '.'] && !text.ContainsAnyExcept(allowed) && !text.Contains("..", StringComparison.Ordinal);
}
