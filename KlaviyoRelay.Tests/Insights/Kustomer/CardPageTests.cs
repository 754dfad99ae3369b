using System.Text;
using KlaviyoRelay.Core.Insights.Kustomer;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Insights.Kustomer;

public sealed class CardPageTests : IDisposable
{
    private const string Folder = "KlaviyoRelay.Core/Insights/Kustomer/Page";

    private readonly RelayFixture _relay = new();

    private CardPage Page => _relay.Get<CardPage>();

    public void Dispose() => _relay.Dispose();

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.PathOf(Folder)).Select(file => Path.GetFileName(file));

    [Fact]
    public void Policy_lets_kustomer_frame_the_page_and_nothing_be_sent() => Page.ContentSecurityPolicy.ShouldBe(
        "default-src 'none'; script-src 'self' https://cdn.kustomerapp.com; style-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors https://*.kustomerapp.com");

    [Fact]
    public void Page_loads_the_sdk_of_kustomer_and_its_own_files_of_this_version()
    {
        var html = Encoding.UTF8.GetString(Page.Html("acme"));

        html.ShouldContain("""<script src="https://cdn.kustomerapp.com/card-js/latest/kustomer-card.min.js"></script>""");
        html.ShouldContain($"""<script type="module" src="acme/{Page.Version}/card.js"></script>""");
        html.ShouldContain($"""<link rel="stylesheet" href="acme/{Page.Version}/card.css">""");
        html.ShouldNotContain("{{");
    }

    [Fact]
    public void Every_other_file_is_found_with_its_type()
    {
        foreach (var file in Files.Where(file => file != "card.html"))
        {
            Page.Find(file).ShouldNotBeNull(file).Type.ShouldBe(Path.GetExtension(file) == ".css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
        }

        Page.Find("card.html").ShouldBeNull();
        Page.Find("../card.js").ShouldBeNull();
    }

    // The policy forbids the first ones; the card has no other way to a customer's data than a command.
    [Fact]
    public void Page_has_no_script_or_style_within_no_markup_of_data_and_no_request()
    {
        foreach (var file in Files)
        {
            var text = Repository.Read($"{Folder}/{file}");

            foreach (var forbidden in new[] { " style=\"", "<style", "onclick=\"", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "fetch(", "XMLHttpRequest", "sendBeacon", "localStorage", "sessionStorage", "http://", "url(//", ".emails" })
            {
                text.ShouldNotContain(forbidden, Case.Sensitive, file);
            }
        }
    }
}
