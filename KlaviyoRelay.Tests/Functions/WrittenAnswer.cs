using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions;

/// <summary>What a result writes to the wire.</summary>
internal sealed record WrittenAnswer(int Status, string? ContentType, IHeaderDictionary Headers, JsonElement Json, bool IsAborted = false)
{
    public IEnumerable<string> Members => Json.EnumerateObject().Select(member => member.Name);

    public static async Task<WrittenAnswer> Of(IResult result)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        var lifetime = new Lifetime();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        await result.ExecuteAsync(context);
        using var json = JsonDocument.Parse(body.ToArray());
        return new WrittenAnswer(context.Response.StatusCode, context.Response.ContentType, context.Response.Headers, json.RootElement.Clone(), lifetime.IsAborted);
    }

    public string? Text(string member) => Json.GetProperty(member).GetString();

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsAborted { get; private set; }

        public void Abort() => IsAborted = true;
    }
}
