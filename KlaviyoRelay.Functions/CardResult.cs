using KlaviyoRelay.Core.Insights.Kustomer;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The card's page or one of its files, with the headers of a page that another site frames.</summary>
internal sealed class CardResult : IResult
{
    private readonly CardFile _file;
    private readonly string? _policy;
    private readonly bool _isKept;

    private CardResult(CardFile file, string? policy, bool isKept) => (_file, _policy, _isKept) = (file, policy, isKept);

    /// <summary>404, as for an address that no function has.</summary>
    public static RelayAnswer NotFound => RelayAnswer.Problem(
        StatusCodes.Status404NotFound, "Not found.", "There is no card at this address. It ends in the name of a Kustomer connection whose settings have a Card__Secret.");

    public static CardResult Page(CardPage page, string connection) =>
        new(new CardFile("text/html; charset=utf-8", page.Html(connection)), page.ContentSecurityPolicy, isKept: false);

    public static CardResult File(CardFile file, bool isKept) => new(file, policy: null, isKept);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = _isKept ? "public, max-age=31536000, immutable" : "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (_policy is not null)
        {
            response.Headers.ContentSecurityPolicy = _policy;
        }

        response.ContentType = _file.Type;
        response.ContentLength = _file.Bytes.Length;
        return response.Body.WriteAsync(_file.Bytes, CancellationToken.None).AsTask();
    }
}
