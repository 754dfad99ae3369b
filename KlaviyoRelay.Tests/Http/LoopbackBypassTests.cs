using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

/// <summary>A proxy of the environment is for other machines.</summary>
public sealed class LoopbackBypassTests
{
    private static readonly Uri Proxy = new("http://proxy.example:3128/");

    private readonly LoopbackBypass _bypass = new(new WebProxy(Proxy) { BypassList = ["intranet"] });

    [Theory]
    [InlineData("http://127.0.0.1:10001/devstoreaccount1")]
    [InlineData("http://localhost:7080/klaviyo")]
    [InlineData("http://[::1]:4318/v1/traces")]
    [InlineData("https://127.0.0.1/")]
    public void Address_of_this_machine_is_asked_directly(string address)
    {
        _bypass.IsBypassed(new Uri(address)).ShouldBeTrue();
        _bypass.GetProxy(new Uri(address)).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://a.klaviyo.com/api/events")]
    [InlineData("https://account.queue.core.windows.net/")]
    public void Other_address_is_asked_through_the_proxy(string address)
    {
        _bypass.IsBypassed(new Uri(address)).ShouldBeFalse();
        _bypass.GetProxy(new Uri(address)).ShouldBe(Proxy);
    }

    [Fact]
    public void Address_that_the_environment_excepts_is_asked_directly() => _bypass.IsBypassed(new Uri("http://intranet/")).ShouldBeTrue();

    [Fact]
    public void Handlers_of_the_relay_go_by_it()
    {
        using var relay = RelayHttpClient.CreateHandler();

        relay.Proxy.ShouldBeOfType<LoopbackBypass>();
        HttpClient.DefaultProxy.ShouldBeOfType<LoopbackBypass>();
    }
}
