using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>A secret that an editor or a word processor has touched is told at once, in words and without its value.</summary>
public sealed class SecretValueTests : KeyVaultTest
{
    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "\uFEFFpk_x1", "holds a byte order mark, which an editor put there" },
        { "pk_\uFEFFx1", "holds a byte order mark, which an editor put there" },
        { "pk_x1\n", "holds a line break" },
        { "pk_x1\r\n", "holds a line break" },
        { " pk_x1", "holds a blank at an end" },
        { "pk_x1 ", "holds a blank at an end" },
        { "pk_x1\t", "holds a blank at an end" },
        { "pk_x1\u00A0", "holds a no-break space" },
        { "pk_\u202Fx1", "holds a no-break space" },
        { "“pk_x1”", "holds curly quotation marks, which a word processor put there" },
        { "pk_x1’", "holds curly quotation marks, which a word processor put there" },
        { "pk_\u200Bx1", "holds a character that can't be seen" },
        { "pk_x1\u200E", "holds a character that can't be seen" },
        { "pk_\u0000x1", "holds a control character" },
        { "pk_\tx1", "holds a control character" },
        { "pk_é", "holds a character that is not ASCII, which no key, token or password of a far end has" },
        { "pk_–x1", "holds a character that is not ASCII, which no key, token or password of a far end has" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Secret_says_what_is_wrong_with_it_from_settings_and_vault(string value, string problem)
    {
        var settings = new ConfigurationSecretStore(TestSettings.With(("Secrets__klaviyoKey", value)));
        Vault.Holds("klaviyoKey", value);

        var fromSettings = await Should.ThrowAsync<SecretUnavailableException>(async () => await settings.GetAsync("klaviyoKey", Token));
        var fromVault = await Should.ThrowAsync<SecretUnavailableException>(async () => await Get("klaviyoKey"));

        foreach (var exception in new[] { fromSettings, fromVault })
        {
            exception.Problem.ShouldBe(SecretProblem.Malformed);
            exception.Message.ShouldBe($"The secret 'klaviyoKey' {problem}: store it again without.");
            exception.Message.ShouldNotContain("pk_");
        }
    }

    [Theory]
    [InlineData("pk_0123456789abcdef")]
    [InlineData("pass word! #$%&'()*+,-./:;<=>?@[\\]^_`{|}~\"")]
    public void Printable_ascii_is_a_secret(string value) => SecretValue.WhatIsWrongWith(value).ShouldBeNull();

    [Theory]
    [InlineData(" ")]
    [InlineData("\uFEFF")]
    public void Secret_without_a_character_is_empty(string value) => SecretValue.Problem("key", value).ShouldBe("The secret 'key' is empty: store its value.");

    [Fact]
    public async Task Known_value_is_used_while_the_newest_version_can_not_be_one()
    {
        Vault.Holds("key", "one");
        await Get();
        Vault.Holds("key", "“two”");
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Get();
        await Should.ThrowAsync<SecretUnavailableException>(() => Refresh("one"));

        (await Get()).ShouldBe("one");
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Time_of_day_does_not_age_a_value(int hours)
    {
        Vault.Holds("key", "one");
        await Get();

        Clock.Step(TimeSpan.FromHours(hours));
        await Get();
        Vault.Reads.ShouldBe(1);

        Vault.Holds("key", "two");
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Get();
        (await Refresh("one")).ShouldBe("two");
    }
}
