using System.Text.Json;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Erases what the relay keeps of a person, for an operator. The email is in the body, because addresses are logged.</summary>
public sealed class ForgetCustomer(CustomerEraser conversations, PersonEraser records)
{
    private const int MaxBody = 1024;

    [Function(nameof(ForgetCustomer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "customers/forget")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (await EmailAsync(request, cancellationToken) is not { } email)
        {
            return RelayAnswer.Problem(StatusCodes.Status400BadRequest, "Bad request.", """The body should be {"email":"ann@example.com"}.""");
        }

        try
        {
            var erased = await conversations.ForgetAsync(email, cancellationToken);
            var runs = await records.ForgetAsync(email, cancellationToken);
            return RelayAnswer.Json(StatusCodes.Status200OK, new ForgetAnswer(erased, runs.Runs, runs.OpenRuns), AnswerJsonContext.Default.ForgetAnswer);
        }
        catch (Exception exception) when (exception is ConversationStoreException or RecordStoreException)
        {
            return RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Not everything was erased: send it again.", exception.Message);
        }
    }

    private static async Task<string?> EmailAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or > MaxBody)
        {
            return null;
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, AnswerJsonContext.Default.ForgetRequest, cancellationToken);
            return string.IsNullOrWhiteSpace(body?.Email) ? null : body.Email;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
