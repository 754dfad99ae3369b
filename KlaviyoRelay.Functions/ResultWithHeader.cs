using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>An answer with one header more; without it when the value is null.</summary>
internal sealed class ResultWithHeader(IResult result, string header, string? value) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (value is not null)
        {
            httpContext.Response.Headers[header] = value;
        }

        return result.ExecuteAsync(httpContext);
    }
}
