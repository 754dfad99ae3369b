using System.Net.Mail;
using CsCheck;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Tests.Texts;

public sealed class PlainAddressTests
{
    [Theory]
    [InlineData("ann@shop.example")]
    [InlineData("Ann.B-c_d+e1@shop-2.co.UK")]
    public void Address_is_plain(string address) => PlainAddress.Is(address).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ann")]
    [InlineData("ann@")]
    [InlineData("@shop.example")]
    [InlineData("ann@shop")]
    [InlineData("ann@@shop.example")]
    [InlineData("ann@shop.example@x.y")]
    [InlineData(".ann@shop.example")]
    [InlineData("ann.@shop.example")]
    [InlineData("a..nn@shop.example")]
    [InlineData("ann@.shop.example")]
    [InlineData("ann@shop.example.")]
    [InlineData("ann@shop..example")]
    [InlineData("ann@shop_1.example")]
    [InlineData("Ann <ann@shop.example>")]
    [InlineData("ann@sh\u00F6p.example")]
    [InlineData("ann @shop.example")]
    [InlineData("ann@shop.example\n")]
    public void Address_is_not_plain(string address) => PlainAddress.Is(address).ShouldBeFalse();

    /// <summary>What is plain must be what the parser takes as it stands, or the short way would let in what the long one refuses.</summary>
    [Fact]
    public void Every_plain_address_is_one_for_the_parser()
    {
        var plain = 0;
        Gen.Select(Text("aZ9.-_+"), Text("aZ9.-"), (local, host) => $"{local}@{host}").Sample(
            address => !PlainAddress.Is(address) || (Interlocked.Increment(ref plain) > 0 && IsTakenAsItStands(address)),
            iter: 20_000);

        plain.ShouldBeGreaterThan(1000);
        IsTakenAsItStands("ann@xn--shp-sna.example").ShouldBeTrue();
    }

    private static Gen<string> Text(string alphabet) => Gen.String[Gen.Char[alphabet], 1, 7];

    private static bool IsTakenAsItStands(string address) =>
        MailAddress.TryCreate(address, out var parsed) && parsed.Address == address && parsed.Host.Contains('.', StringComparison.Ordinal) && !parsed.Host.EndsWith('.');
}
