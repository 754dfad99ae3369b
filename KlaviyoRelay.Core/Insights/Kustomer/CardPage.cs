using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Insights.Kustomer;

/// <summary>A file of the card's page.</summary>
public sealed record CardFile(string Type, byte[] Bytes);

/// <summary>
/// The page that Kustomer frames. It is the same for everybody and holds nothing of a customer: it gets that by a
/// command, which Kustomer's servers run.
/// </summary>
public sealed class CardPage
{
    private const string Page = "card.html";
    private const string Helpdesk = "kustomer";

    private readonly ConnectionRegistry _connections;
    private readonly Dictionary<string, CardFile> _files;
    private readonly Uri _sdk;
    private readonly string _html;

    public CardPage(ConnectionRegistry connections, IOptions<KustomerCardOptions> options)
    {
        _connections = connections;
        var assembly = typeof(CardPage).Assembly;
        var prefix = $"{typeof(CardPage).Namespace}.Page.";
        _files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[prefix.Length..], name => new CardFile(TypeOf(name), Read(assembly, name)), StringComparer.Ordinal);
        _sdk = new Uri(options.Value.Sdk);
        _html = Encoding.UTF8.GetString(_files[Page].Bytes).Replace("{{sdk}}", _sdk.AbsoluteUri, StringComparison.Ordinal);
        _files.Remove(Page);
        Version = VersionOf(_files);
        ContentSecurityPolicy = string.Join("; ", Policy(options.Value));
    }

    /// <summary>Another one when a file is another one.</summary>
    public string Version { get; }

    /// <summary>Nothing but the page's own files and the SDK is loaded, nothing is sent, and only Kustomer may frame it.</summary>
    public string ContentSecurityPolicy { get; }

    /// <summary>Whether there is a connection of this name that has a card in Kustomer.</summary>
    public bool IsOf(string connection) => _connections.Find(connection) is { Helpdesk.Name: Helpdesk, Options.Card.IsOn: true };

    /// <summary>The page, whose files are at <c>{connection}/{version}/{file}</c> beside it.</summary>
    public byte[] Html(string connection) => Encoding.UTF8.GetBytes(_html.Replace("{{files}}", $"{connection}/{Version}", StringComparison.Ordinal));

    /// <summary>A file of the page; null when there is none of that name.</summary>
    public CardFile? Find(string file) => _files.GetValueOrDefault(file);

    private IEnumerable<string> Policy(KustomerCardOptions options) =>
    [
        "default-src 'none'",
        $"script-src 'self' {_sdk.GetLeftPart(UriPartial.Authority)}",
        "style-src 'self'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        $"frame-ancestors {string.Join(' ', SettingList.Of(options.Ancestors))}",
    ];

    private static string VersionOf(Dictionary<string, CardFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(file.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "text/html; charset=utf-8",
    };

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
