using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Texts;

/// <summary>
/// Makes emails and phone numbers in a text unreadable: <c>ann@shop.example.com</c> becomes <c>a•••@s•••.com</c>, and
/// <c>+15555550123</c> becomes <c>+•••23</c>.
/// </summary>
public static partial class EmailMask
{
    /// <summary>The text with every email and every phone number (E.164) in it masked.</summary>
    /// <param name="text">Any text.</param>
    public static string Apply(string text) => Phone().Replace(Email().Replace(text, "$1•••@$2•••$3"), "+•••$1");

    // The bound keeps a long text without an @ from taking time that grows with its square.
    [GeneratedRegex("""([^\s"'<>()\[\],;:@])[^\s"'<>()\[\],;:@]{0,255}@([^\s"'<>()\[\],;:@.])[^\s"'<>()\[\],;:@]*?(\.[a-zA-Z]{2,63})?(?=\.?(?:[\s"'<>()\[\],;:@]|\z))""")]
    private static partial Regex Email();

    [GeneratedRegex(@"\+\d{5,13}(\d\d)(?!\d)")]
    private static partial Regex Phone();
}
