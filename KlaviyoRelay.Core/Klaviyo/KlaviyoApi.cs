using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Settings;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>A request to Klaviyo for one lane of an account.</summary>
/// <param name="Account">Whose key and limits to use.</param>
/// <param name="Lane">For which lane.</param>
/// <param name="Endpoint">Which limit.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query, below the base address.</param>
public sealed record KlaviyoCall(KlaviyoAccount Account, Lane Lane, KlaviyoEndpoint Endpoint, HttpMethod Method, string Path)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    public AnswerForm Form { get; init; } = AnswerForm.Found;

    /// <summary>The path without ids and query, for activities; null when it has ids.</summary>
    public string? Route { get; init; }

    /// <inheritdoc cref="HttpCall.IsRepeatable"/>
    public bool IsRepeatable { get; init; } = true;

    /// <inheritdoc cref="HttpCall.Tried"/>
    public Action<HttpTry>? Tried { get; init; }

    /// <summary>In which revision of the API it is written.</summary>
    public string Revision { get; init; } = KlaviyoRevision.Name;
}

/// <summary>Sends requests to Klaviyo and reads its answers, whatever they are about.</summary>
public sealed class KlaviyoApi(HttpSender sender, IOptions<KlaviyoOptions> options)
{
    private const string Api = "Klaviyo";

    private readonly Uri _base = BaseAddress.Of(options.Value.BaseAddress);

    /// <summary>The answer, which is the caller's to dispose of.</summary>
    public Task<Result<HttpResponseMessage>> SendAsync(KlaviyoCall call, BatchBudget budget, CancellationToken cancellationToken)
    {
        var address = new Uri(_base, call.Path);
        var http = new HttpCall(Api, call.Account.Limiter(call.Endpoint, call.Lane), call.Account.SecretOf(call.Lane), key => KlaviyoRequest.Create(call.Method, address, key, call.Body is { } body ? new ReadOnlyMemoryContent(body) : null, call.Revision))
        {
            Form = call.Form,
            Route = call.Route,
            IsRepeatable = call.IsRepeatable,
            Tried = call.Tried,
            RefusesSecret = KlaviyoClient.RefusesKeyAsync,
        };
        return sender.SendAsync(http, budget, cancellationToken);
    }

    /// <summary>The JSON of a successful answer, or why there is none.</summary>
    public async Task<Result<T>> ReadAsync<T>(KlaviyoCall call, JsonTypeInfo<T> type, BatchBudget budget, CancellationToken cancellationToken)
        where T : class
    {
        using var answer = await SendAsync(call, budget, cancellationToken);
        if (await KlaviyoClient.FailureAsync(answer, call.Form.Success, cancellationToken) is { } failure)
        {
            return Result.Failed<T>(failure);
        }

        return await ReadAsync(answer, type, cancellationToken) is { } read ? Result.Of<T>(read) : Result.Failed<T>(Unreadable);
    }

    /// <summary>As <see cref="ReadAsync{T}(KlaviyoCall, JsonTypeInfo{T}, BatchBudget, CancellationToken)"/>; an empty document when Klaviyo has no such resource.</summary>
    public async Task<Result<KlaviyoDocument<T>>> FindAsync<T>(KlaviyoCall call, JsonTypeInfo<KlaviyoDocument<T>> type, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(call, budget, cancellationToken);
        if (answer.Value is { StatusCode: HttpStatusCode.NotFound } missing && !(await KlaviyoErrors.ReadAsync(missing, cancellationToken))[0].IsAboutTheRevision)
        {
            return new KlaviyoDocument<T>();
        }

        if (await KlaviyoClient.FailureAsync(answer, call.Form.Success, cancellationToken) is { } failure)
        {
            return failure;
        }

        return await ReadAsync(answer, type, cancellationToken) is { Data: not null } read ? read : Unreadable;
    }

    /// <summary>Every resource of a list, on however many pages.</summary>
    public async Task<Result<IReadOnlyList<KlaviyoResource<T>>>> ReadAllAsync<T>(
        KlaviyoCall call, JsonTypeInfo<KlaviyoPage<T>> type, BatchBudget budget, CancellationToken cancellationToken)
    {
        var all = new List<KlaviyoResource<T>>();
        for (string? path = call.Path; path is not null;)
        {
            var page = await ReadPageAsync(call with { Path = path }, type, budget, cancellationToken);
            if (!page.IsSuccess)
            {
                return Result.Failed<IReadOnlyList<KlaviyoResource<T>>>(page.Failure);
            }

            all.AddRange((page.Value.Data ?? []).OfType<KlaviyoResource<T>>());
            path = page.Value.Links?.Next;
        }

        return Result.Of<IReadOnlyList<KlaviyoResource<T>>>(all);
    }

    /// <summary>One page of a list. Its link to the next one, if there is one, leads to Klaviyo.</summary>
    public async Task<Result<KlaviyoPage<T>>> ReadPageAsync<T>(KlaviyoCall call, JsonTypeInfo<KlaviyoPage<T>> type, BatchBudget budget, CancellationToken cancellationToken)
    {
        var page = await ReadAsync(call, type, budget, cancellationToken);
        return page.IsSuccess && (page.Value.Data is null || !LeadsToKlaviyo(page.Value.Links?.Next)) ? Result.Failed<KlaviyoPage<T>>(Unreadable) : page;
    }

    /// <summary>Null when the answer is of another form.</summary>
    public static async Task<T?> ReadAsync<T>(Result<HttpResponseMessage> answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return answer.IsSuccess ? JsonSerializer.Deserialize(await answer.Value.Content.ReadAsByteArrayAsync(cancellationToken), type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static DeliveryFailure Unreadable { get; } = new(DeadLetterReason.Unavailable, $"{Api} answered with something else than was asked for.");

    /// <summary>Whether the answer is a refusal of what was sent, and not of the key or the revision.</summary>
    public static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    /// <summary>The key is sent to Klaviyo only, wherever a link leads.</summary>
    private bool LeadsToKlaviyo(string? next) =>
        next is null || (Uri.TryCreate(_base, next, out var address) && address.Authority == _base.Authority && address.Scheme == _base.Scheme);
}
