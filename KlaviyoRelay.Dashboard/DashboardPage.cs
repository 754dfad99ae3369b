using System.Reflection;
using System.Text;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.Dashboard;

/// <summary>The page's files. They are part of the assembly, so that the relay can be started from any folder.</summary>
internal sealed class DashboardPage
{
    private const string TokenPlace = "{{token}}";
    private const string PagesPlace = "{{pages}}";

    // Every page has the same links. The card is the simulator's, so only a script knows its address.
    private static readonly (string File, string Path, string Name)[] Pages =
    [
        ("index.html", "/", "Events"), ("records.html", "/records", "Records"), ("audit.html", "/audit", "Audit"), ("campaigns.html", "/campaigns", "Campaigns"),
    ];

    private readonly Dictionary<string, (string Type, byte[] Bytes)> _files;

    public DashboardPage(LocalGuard guard)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(DashboardPage).Namespace}.Page.";
        _files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[prefix.Length..], name => (TypeOf(name), Read(assembly, name)), StringComparer.Ordinal);
        foreach (var page in _files.Keys.Where(name => Path.GetExtension(name) == ".html").ToList())
        {
            var (type, html) = _files[page];
            var text = Encoding.UTF8.GetString(html).Replace(TokenPlace, guard.Token, StringComparison.Ordinal).Replace(PagesPlace, LinksOn(page), StringComparison.Ordinal);
            _files[page] = (type, Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>The path of each page, and its file.</summary>
    public static IEnumerable<(string Path, string File)> Paths => Pages.Select(page => (page.Path, page.File));

    private static string LinksOn(string file)
    {
        var links = Pages.Select(page => $"<a href=\"{page.Path}\"{(page.File == file ? " aria-current=\"page\"" : "")}>{page.Name}</a>");
        return $"{string.Join(' ', links)} <a id=\"card-page\" hidden target=\"_blank\" rel=\"noopener noreferrer\">Card</a>";
    }

    /// <summary>The file that the route names; 404 when there is none.</summary>
    public Task WriteFileAsync(HttpContext context) => WriteAsync(context, $"{context.GetRouteValue("file")}");

    public async Task WriteAsync(HttpContext context, string name)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            await DashboardAnswer.Problem(StatusCodes.Status404NotFound, "The dashboard has no such file.").WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
