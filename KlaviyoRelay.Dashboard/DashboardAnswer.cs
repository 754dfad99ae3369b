using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KlaviyoRelay.Dashboard;

/// <summary>An answer to the dashboard's page: JSON, or a sentence that says what is wrong and what to do.</summary>
internal sealed record DashboardAnswer(int Status, byte[] Json)
{
    public static DashboardAnswer Of<T>(T value, JsonTypeInfo<T> type) => new(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static DashboardAnswer Problem(int status, string sentence) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(new DashboardProblem(sentence), DashboardJson.Default.DashboardProblem));

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Json.Length;
        await response.Body.WriteAsync(Json, cancellationToken);
    }
}

internal sealed record DashboardProblem(string Error);
