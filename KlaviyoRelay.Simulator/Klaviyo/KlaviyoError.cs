using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>One entry of Klaviyo's <c>errors</c>.</summary>
internal sealed record KlaviyoError(int Status, string Code, string Title, string Detail)
{
    public const string ContentType = "application/vnd.api+json";

    /// <summary>Where in the body, as a JSON pointer.</summary>
    public string? Pointer { get; init; }

    /// <summary>Which query parameter, instead of a pointer.</summary>
    public string? Parameter { get; init; }

    /// <summary>The page that explains the error; Klaviyo gives one with a 429.</summary>
    public string? TypeLink { get; init; }

    /// <summary>The other profile, with a 409.</summary>
    public string? DuplicateProfileId { get; init; }

    public Answer ToAnswer() => ToAnswer([this]);

    public static Answer ToAnswer(IReadOnlyList<KlaviyoError> errors) => JsonBytes.Answer(
        errors[0].Status,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("errors");
            foreach (var error in errors)
            {
                error.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        ContentType);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id());
        json.WriteNumber("status", Status);
        json.WriteString("code", Code);
        json.WriteString("title", Title);
        json.WriteString("detail", Detail);
        json.WriteStartObject("source");
        if (Parameter is not null)
        {
            json.WriteString("parameter", Parameter);
        }
        else if (Pointer is not null)
        {
            json.WriteString("pointer", Pointer);
        }

        json.WriteEndObject();
        json.WriteStartObject("links");
        if (TypeLink is not null)
        {
            json.WriteString("type", TypeLink);
        }

        json.WriteEndObject();
        json.WriteStartObject("meta");
        if (DuplicateProfileId is not null)
        {
            json.WriteString("duplicate_profile_id", DuplicateProfileId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Klaviyo's is random; ours is the same for the same error, so that answers can be compared.
    private Guid Id() => new(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Status}|{Code}|{Detail}|{Pointer}|{Parameter}"))).AsSpan(0, 16));
}
