using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.DeadLetters;

/// <summary>Makes emails in a text unreadable: <c>ann@shop.example.com</c> becomes <c>a•••@s•••.com</c>.</summary>
internal static partial class EmailMask
{
    public static string Apply(string text) => Email().Replace(text, "$1•••@$2•••$3");

    // The bound keeps a long text without an @ from taking time that grows with its square.
    [GeneratedRegex("""([^\s"'<>()\[\],;:@])[^\s"'<>()\[\],;:@]{0,255}@([^\s"'<>()\[\],;:@.])[^\s"'<>()\[\],;:@]*?(\.[a-zA-Z]{2,63})?(?=\.?(?:[\s"'<>()\[\],;:@]|\z))""")]
    private static partial Regex Email();
}
