using System.Net;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>What became of a request that changes something and may not be carried out twice.</summary>
public abstract record ChangeAnswer
{
    private ChangeAnswer()
    {
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="success">The status of success.</param>
    /// <param name="type">The JSON of a success; null when it has none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<ChangeAnswer> ReadAsync(Result<HttpResponseMessage> answer, HttpStatusCode success, JsonTypeInfo<KlaviyoDocument<NamedAttributes>>? type, CancellationToken cancellationToken)
    {
        if (answer.Value is { } response && (response.StatusCode == HttpStatusCode.NotFound || KlaviyoApi.IsRefusal(response.StatusCode)))
        {
            var refusals = await KlaviyoErrors.ReadAsync(response, cancellationToken);
            if (!refusals[0].IsAboutTheKey && !refusals[0].IsAboutTheRevision)
            {
                return new Refused(refusals);
            }
        }

        return await KlaviyoClient.FailureAsync(answer, success, cancellationToken) is { } failure ? new Failed(failure)
            : type is null ? new Done(null)
            : new Done((await KlaviyoApi.ReadAsync(answer, type, cancellationToken))?.Data?.Id);
    }

    /// <summary>Klaviyo has carried it out.</summary>
    /// <param name="Id">What it made; null when the answer does not say.</param>
    public sealed record Done(string? Id) : ChangeAnswer;

    /// <summary>Klaviyo has not carried it out, and would not the next time.</summary>
    public sealed record Refused(IReadOnlyList<KlaviyoRefusal> Refusals) : ChangeAnswer;

    /// <summary>Klaviyo did not carry it out, or the relay can't tell.</summary>
    public sealed record Failed(DeliveryFailure Failure) : ChangeAnswer
    {
        /// <summary>Whether Klaviyo may have carried it out all the same: there was no answer, or none of its own.</summary>
        public bool IsLost => Failure.Reason == DeadLetterReason.Unavailable;
    }
}

/// <summary>A resource of which only the name is read.</summary>
public sealed record NamedAttributes
{
    public string? Name { get; set; }

    /// <summary>Of a segment: whether Klaviyo keeps its members up to date.</summary>
    public bool? IsActive { get; set; }

    /// <summary>How many profiles it has; only in the answer that is asked for it.</summary>
    public int? ProfileCount { get; set; }
}
