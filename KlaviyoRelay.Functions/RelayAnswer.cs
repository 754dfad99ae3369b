using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>An answer of an HTTP function: every one of them forbids to store it and to guess its type.</summary>
internal sealed class RelayAnswer : IResult
{
    // An aborted connection takes along what its other end has not read yet.
    private static readonly TimeSpan TimeToRead = TimeSpan.FromMilliseconds(200);

    private readonly IResult _content;
    private readonly (string Name, string Value)? _header;
    private readonly bool _aborts;

    private RelayAnswer(IResult content, (string Name, string Value)? header, bool aborts = false)
    {
        _content = content;
        _header = header;
        _aborts = aborts;
    }

    /// <summary>A document.</summary>
    public static RelayAnswer Json<T>(int status, T document, JsonTypeInfo<T> type) =>
        new(new WholeJson(status, JsonSerializer.SerializeToUtf8Bytes(document, type)), header: null);

    /// <summary>A stored document, to its end and no further in memory.</summary>
    public static RelayAnswer File(Stream content, string type) => new(Results.Stream(content, $"{type}; charset=utf-8"), header: null);

    /// <summary>RFC 9457 problem details, with the field that is to blame where there is one.</summary>
    public static RelayAnswer Problem(int status, string title, string detail, string? field = null) =>
        new(Results.Problem(detail, statusCode: status, title: title, extensions: field is null ? null : [new("field", field)]), header: null);

    /// <summary>The same answer with one header more.</summary>
    public RelayAnswer With(string header, string value) => new(_content, (header, value));

    /// <summary>The same answer with the time to wait before the request is sent again.</summary>
    public RelayAnswer RetryAfter(TimeSpan wait) => With("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    /// <summary>The same answer, after which the connection ends: what the sender has not sent yet is not waited for.</summary>
    public RelayAnswer ThenAbort() => new(_content, _header, aborts: true);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (_header is { } header)
        {
            headers[header.Name] = header.Value;
        }

        await _content.ExecuteAsync(httpContext);
        if (_aborts)
        {
            await httpContext.Response.CompleteAsync();
            await Task.Delay(TimeToRead, TimeProvider.System, CancellationToken.None);
            httpContext.Abort();
        }
    }

    /// <summary>JSON whose length is told beforehand, so that one packet holds all of the answer: its head, its body and its end.</summary>
    private sealed class WholeJson(int status, byte[] json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = json.Length;
            // To a caller who has gone it writes nothing, and that is no error: a token would make one of it.
            return response.Body.WriteAsync(json, CancellationToken.None).AsTask();
        }
    }
}
