using System.Globalization;
using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks.Checking;

/// <summary>An API that a check asks, and what its answers mean whatever was asked.</summary>
/// <param name="Name">Who it is, such as <c>Klaviyo</c>.</param>
/// <param name="Address">Its base address.</param>
/// <param name="AddressSetting">The setting that holds the address.</param>
/// <param name="AddressExample">What the setting should look like.</param>
public sealed record CheckedApi(string Name, Uri Address, string AddressSetting, string AddressExample)
{
    /// <summary>Which answers are the API's own.</summary>
    public AnswerForm Form { get; init; } = AnswerForm.Found with { IsSuccess = ApiErrors.BeginsObject };

    /// <summary>For an answer of 404 where the API itself has no reason for one.</summary>
    public Finding NotThere => Finding.Failed($"{Address.Host} has no such API (404)", CorrectAddress);

    private string CorrectAddress => $"correct {AddressSetting}, which should be like {AddressExample}";

    /// <summary>What kept the API itself from answering; null when it did answer.</summary>
    public Finding? TroubleWith(ProbeAnswer answer, TimeProvider clock) => answer.IsAnswered ? TroubleWith(answer.Response, answer.Body, clock) : TroubleWith(answer.Error.Value);

    private Finding? TroubleWith(HttpResponseMessage response, ReadOnlyMemory<byte> body, TimeProvider clock)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => Finding.Unknown($"{Name} takes no more requests just now (429)", TryAgain(RetryAfter.Read(response, clock))),
            var later when AnswerForm.IsTransient(later) => Finding.Unknown($"{Name} answered {status}", TryAgain(RetryAfter.Read(response, clock))),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Finding.Failed($"{Address.Host} answers with a redirect ({status}), not as {Name}'s API", CorrectAddress),
            // Klaviyo's edge, and others' firewalls, challenge odd clients with a page.
            HttpStatusCode.Forbidden when IsPage(response) && !IsOwn(response, body) => Finding.Unknown($"a firewall before {Name} answered with a page ({status})", TryAgain(null)),
            _ when IsOwn(response, body) => null,
            _ when IsPage(response) => Finding.Failed($"{Address.Host} answers with a web page ({status}), not as {Name}'s API", CorrectAddress),
            // A firewall or a proxy answers so. It says nothing about a key.
            _ => Finding.Unknown(
                $"{status} came in the place of {Name}'s answer{(ErrorExcerpt.Of(body.Span) is { Length: > 0 } said ? $" ({said})" : "")}",
                $"let the relay's network reach {Address.Host} with nothing in between that answers for it, or {CorrectAddress}"),
        };
    }

    private bool IsOwn(HttpResponseMessage response, ReadOnlyMemory<byte> body) =>
        response.StatusCode == Form.Success ? Form.IsSuccess(body) : Form.IsVerdict(body);

    private Finding TroubleWith(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => Finding.Failed($"{Address.Host} is not a known host (DNS)", CorrectAddress),
        HttpRequestError.ConnectionError => Finding.Failed($"{Address.Authority} can't be connected to", $"{CorrectAddress}; if it is right, let the relay's network reach it"),
        HttpRequestError.SecureConnectionError => Finding.Failed($"{Address.Authority} shows no valid TLS certificate", CorrectAddress),
        _ => Finding.Unknown($"{Name} gave no readable answer within {Probe.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", TryAgain(null)),
    };

    private static bool IsPage(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/html";

    private static string TryAgain(TimeSpan? after) => after is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"try again in {Math.Ceiling(wait.TotalSeconds)} s")
        : "try again in a minute";
}
