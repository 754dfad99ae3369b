using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The description of this API (openapi.json, OpenAPI 3.1). It names nothing that is configured, so anyone may read it.</summary>
public sealed class GetOpenApi
{
    private const string Resource = "KlaviyoRelay.Functions.openapi.json";

    private readonly Func<Stream> _open = () => typeof(GetOpenApi).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");

    [Function(nameof(GetOpenApi))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        _ = request;
        return Task.FromResult<IResult>(RelayAnswer.File(_open(), "application/json"));
    }
}
