using System.Text;
using KlaviyoRelay.Core.Insights.Kustomer;
using KlaviyoRelay.Faults.Processes;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Insights.Kustomer;

public sealed class CardPageTests
{
    private const string Folder = "KlaviyoRelay.Core/Insights/Kustomer/Page";

    private readonly CardPage _page = new(Options.Create(new KustomerCardOptions()));

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.PathOf(Folder)).Select(file => Path.GetFileName(file));

    [Fact]
    public void Policy_lets_kustomer_frame_the_page_and_nothing_be_sent() => _page.ContentSecurityPolicy.ShouldBe(
        "default-src 'none'; script-src 'self' https://cdn.kustomerapp.com; style-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors https://*.kustomerapp.com");

    [Fact]
    public void Page_loads_the_sdk_of_kustomer_and_its_own_files_of_this_version()
    {
        var html = Encoding.UTF8.GetString(_page.Html("acme"));

        html.ShouldContain("""<script src="https://cdn.kustomerapp.com/card-js/latest/kustomer-card.min.js"></script>""");
        html.ShouldContain($"""<script type="module" src="acme/{_page.Version}/card.js"></script>""");
        html.ShouldContain($"""<link rel="stylesheet" href="acme/{_page.Version}/card.css">""");
        html.ShouldNotContain("{{");
    }

    [Fact]
    public void Every_other_file_is_found_with_its_type()
    {
        foreach (var file in Files.Where(file => file != "card.html"))
        {
            _page.Find(file).ShouldNotBeNull(file).Type.ShouldBe(Path.GetExtension(file) == ".css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
        }

        _page.Find("card.html").ShouldBeNull();
        _page.Find("../card.js").ShouldBeNull();
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
