using System.Net;
using System.Text;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Lists;

/// <summary>A list as Klaviyo returns it.</summary>
public sealed record ListAttributes
{
    public string? Name { get; set; }
}

/// <summary>Lists and their members (developers.klaviyo.com, Lists). Membership is no consent and changes none.</summary>
public sealed class ListClient(KlaviyoApi klaviyo)
{
    /// <summary>The most profiles of one request.</summary>
    public const int MaxMembers = 1000;

    private const string Lists = "api/lists";

    // 204, without a body.
    private static readonly AnswerForm OfChange = AnswerForm.Found with { Success = HttpStatusCode.NoContent };

    /// <summary>Takes members out of a list: null when none of them is a member any more, else why not. A repeat changes nothing more.</summary>
    public async Task<DeliveryFailure?> RemoveAsync(KlaviyoAccount account, string list, IReadOnlyList<string> profiles, BatchBudget budget, CancellationToken cancellationToken)
    {
        foreach (var part in profiles.Chunk(MaxMembers))
        {
            var call = new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.RemoveMembers, HttpMethod.Delete, $"{Lists}/{list}/relationships/profiles") { Body = Write(part), Form = OfChange };
            using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
            if (await KlaviyoClient.FailureAsync(answer, HttpStatusCode.NoContent, cancellationToken) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>The name of a list, or why it can't be told.</summary>
    public async Task<Result<string>> FindNameAsync(KlaviyoAccount account, string list, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = new KlaviyoCall(account, Lane.Records, KlaviyoEndpoint.ReadList, HttpMethod.Get, $"{Lists}/{Uri.EscapeDataString(list)}?fields%5Blist%5D=name");
        var read = await klaviyo.ReadAsync(call, KlaviyoResourcesJsonContext.Default.KlaviyoDocumentListAttributes, budget, cancellationToken);
        return read.IsSuccess ? Result.Of(read.Value.Data?.Attributes?.Name ?? list) : Result.Failed<string>(read.Failure);
    }

    private static byte[] Write(string[] profiles)
    {
        var body = new StringBuilder("""{"data":[""");
        body.AppendJoin(',', profiles.Select(id => $$"""{"type":"profile","id":"{{System.Text.Json.JsonEncodedText.Encode(id)}}"}"""));
        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }
}
