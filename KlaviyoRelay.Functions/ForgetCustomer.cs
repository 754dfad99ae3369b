using System.Text.Json;
using KlaviyoRelay.Core.Conversations.State;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>Erases what the relay keeps of a person, for an operator. The email is in the body, because addresses are logged.</summary>
public sealed class ForgetCustomer(CustomerEraser eraser)
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
            var answer = new ForgetAnswer(await eraser.ForgetAsync(email, cancellationToken));
            return RelayAnswer.Json(StatusCodes.Status200OK, answer, AnswerJsonContext.Default.ForgetAnswer);
        }
        catch (ConversationStoreException exception)
        {
            return RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Nothing was erased.", exception.Message);
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
