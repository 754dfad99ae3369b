namespace KlaviyoRelay.Simulator.Klaviyo;

/// <summary>The errors this stand-in knows, worded as Klaviyo words them where its wording is known.</summary>
internal static class KlaviyoErrors
{
    public static KlaviyoError NoCredentials { get; } = NotAuthenticated("Authentication credentials were not provided.");

    public static KlaviyoError WrongScheme { get; } =
        NotAuthenticated("Missing or invalid authorization scheme. Please use Klaviyo-API-Key.");

    public static KlaviyoError RevokedKey { get; } =
        new(401, "authentication_failed", "Incorrect authentication credentials.", "Incorrect authentication credentials.")
        {
            Pointer = "/data/",
        };

    public static KlaviyoError MissingScope { get; } = new(
        403,
        "permission_denied",
        "You do not have permission to perform this action.",
        "You do not have permission to perform this action.")
    {
        Pointer = "/data/",
    };

    public static KlaviyoError NotFound { get; } =
        new(404, "not_found", "Not found.", "No valid revisions found for method") { Pointer = "/data/" };

    public static KlaviyoError MethodNotAllowed { get; } =
        new(405, "method_not_allowed", "Method not allowed.", "This method is not allowed for this endpoint.") { Pointer = "/data/" };

    public static KlaviyoError TooLarge { get; } = LargerThan("5 MB");

    public static KlaviyoError MediaType { get; } = new(
        415,
        "unsupported_media_type",
        "Unsupported media type.",
        "Send a body of Content-Type application/vnd.api+json, without a Content-Encoding.")
    {
        Pointer = "/data/",
    };

    public static KlaviyoError NotJson { get; } = Invalid("The body is not valid JSON.", "/data");

    public static KlaviyoError MissingRevision { get; } =
        Invalid("The revision header is required, for example 'revision: 2026-07-15'.", "/data/");

    public static KlaviyoError UnknownRevision(string revision) =>
        Invalid($"'{revision}' is not a valid revision.", "/data/");

    public static KlaviyoError Unknown(string resource, string id) =>
        new(404, "not_found", "Not found.", $"A {resource} with id {id} does not exist.") { Pointer = "/data/" };

    public static KlaviyoError DuplicateProfile(string profileId) =>
        new(409, "duplicate_profile", "Conflict.", "A profile already exists with one of these identifiers.")
        {
            Pointer = "/data/attributes",
            DuplicateProfileId = profileId,
        };

    public static KlaviyoError Invalid(string detail, string pointer) =>
        new(400, "invalid", "Invalid input.", detail) { Pointer = pointer };

    public static KlaviyoError InvalidParameter(string detail, string parameter) =>
        new(400, "invalid", "Invalid input.", detail) { Parameter = parameter };

    public static KlaviyoError Throttled(int seconds) => new(
        429,
        "throttled",
        "Request was throttled.",
        $"Request was throttled. Expected available in {seconds} second{(seconds == 1 ? "" : "s")}.")
    {
        Pointer = "/data",
        TypeLink = "https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits",
    };

    /// <summary>What Klaviyo would say with a status that a fault asks for.</summary>
    public static KlaviyoError ForStatus(int status) => status switch
    {
        401 => RevokedKey,
        403 => MissingScope,
        404 => NotFound,
        413 => TooLarge,
        415 => MediaType,
        429 => Throttled(1),
        >= 500 => new(status, "error", "A server error occurred.", "A server error occurred.") { Pointer = "/data/" },
        _ => new(status, "invalid", "Invalid input.", "Simulated fault.") { Pointer = "/data/" },
    };

    public static KlaviyoError LargerThan(string limit) =>
        new(413, "payload_too_large", "Payload too large.", $"The payload must not exceed {limit}.") { Pointer = "/data/" };

    private static KlaviyoError NotAuthenticated(string detail) =>
        new(401, "not_authenticated", detail, detail) { Pointer = "/data/" };
}
