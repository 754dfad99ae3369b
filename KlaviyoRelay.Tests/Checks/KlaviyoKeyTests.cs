using KlaviyoRelay.Core.Checks;

namespace KlaviyoRelay.Tests.Checks;

public sealed class KlaviyoKeyTests
{
    [Theory]
    [InlineData("pk_0123456789abcdef", "••••cdef")]
    [InlineData("pk_123456789", "••••6789")]
    [InlineData("pk_12345678", "••••")]
    [InlineData("AbC123", "••••")]
    [InlineData("", "••••")]
    [InlineData("pk_0123456789ab\u001b[3", "••••")]
    public void Mask_shows_four_characters_of_a_long_key_and_none_of_a_short_one(string key, string expected) =>
        KlaviyoKey.Mask(key).ShouldBe(expected);
}
