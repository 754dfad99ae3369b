using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Helpdesks;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class OwnAddressTests() : SimulatorTest("--Simulator:CustomerEmail", "you@your-shop.com")
{
    [Theory]
    [InlineData("gladly-jane", "you+jane@your-shop.com")]
    [InlineData("gladly-maria", "you+maria@your-shop.com you+maria-work@your-shop.com you+maria-private@your-shop.com")]
    [InlineData("gladly-unusual", "you+o-hara@your-shop.com you+quoted-name@your-shop.com you+plus-tag@your-shop.com you+j-rgen@your-shop.com")]
    public async Task Seeded_customers_get_plus_addresses_of_the_developers_own(string id, string emails)
    {
        var answer = await GladlyAsync($"/api/v1/customer-profiles/{id}");

        answer.Json["emails"]?.AsArray().Select(email => email?["original"]?.GetValue<string>()).ShouldBe(emails.Split(' '));
    }

    [Fact]
    public async Task Helpdesks_have_no_customers_for_the_real_klaviyo_while_no_address_is_set()
    {
        foreach (var (args, count) in new (string[] Args, int Count)[]
        {
            (["--Klaviyo:BaseAddress", "https://a.klaviyo.com"], 0),
            (["--Klaviyo:BaseAddress", "https://a.klaviyo.com", "--Simulator:CustomerEmail", "you@your-shop.com"], 9),
            (["--Klaviyo:BaseAddress", "http://127.0.0.1:7080/klaviyo"], 9),
        })
        {
            await using var app = SimulatorApp.Build(["--urls", "http://127.0.0.1:0", .. args]);

            app.Services.GetRequiredService<HelpdeskStores>().Gladly.Customers().Count.ShouldBe(count, string.Join(' ', args));
        }
    }

    [Fact]
    public void Own_address_that_is_none_stops_the_start() =>
        Should.Throw<SimulatorSetupException>(() => SimulatorApp.Build(["--Simulator:CustomerEmail", "nobody"]))
            .Message.ShouldContain("Simulator__CustomerEmail");
}
