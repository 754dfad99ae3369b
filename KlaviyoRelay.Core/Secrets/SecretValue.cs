using System.Globalization;

namespace KlaviyoRelay.Core.Secrets;

/// <summary>
/// What every key, token and password has in common: printable ASCII, without blanks at its ends. What an editor or a
/// word processor adds on the way is told here, in words and without the value, because a far end would only refuse it.
/// </summary>
public static class SecretValue
{
    private const string IsEmpty = "is empty";
    private const string NoBreakSpaces = "\u00A0\u2007\u202F";
    private const string CurlyQuotes = "\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB";

    /// <summary>What is wrong, as the rest of a sentence that begins with the secret's name; null when nothing is.</summary>
    public static string? WhatIsWrongWith(string value) => IsPlain(value) ? null : value switch
    {
        _ when string.IsNullOrWhiteSpace(value.Trim('\uFEFF')) => IsEmpty,
        _ when value.Contains('\uFEFF', StringComparison.Ordinal) => "holds a byte order mark, which an editor put there",
        _ when value.AsSpan().ContainsAny('\r', '\n') => "holds a line break",
        _ when value[0] is ' ' or '\t' || value[^1] is ' ' or '\t' => "holds a blank at an end",
        _ when value.Any(NoBreakSpaces.Contains) => "holds a no-break space",
        _ when value.Any(CurlyQuotes.Contains) => "holds curly quotation marks, which a word processor put there",
        _ when value.Any(letter => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format) => "holds a character that can't be seen",
        _ when value.Any(char.IsControl) => "holds a control character",
        _ when value.AsSpan().ContainsAnyExceptInRange(' ', '~') => "holds a character that is not ASCII, which no key, token or password of a far end has",
        _ => null,
    };

    private static bool IsPlain(ReadOnlySpan<char> value) => value is [not ' ', ..] and [.., not ' '] && !value.ContainsAnyExceptInRange(' ', '~');

    /// <summary>Why the relay does not use a value; null when it does.</summary>
    public static string? Problem(string name, string value) =>
        WhatIsWrongWith(value) is not { } wrong ? null
        : wrong == IsEmpty ? $"The secret '{name}' {wrong}: store its value."
        : $"The secret '{name}' {wrong}: store it again without.";
}
