namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Why a webhook is refused and what to do, for each outcome that refuses one.</summary>
internal static class RefusalWords
{
    private static readonly Dictionary<string, (string Cause, string Fix)> Words = new(StringComparer.Ordinal)
    {
        ["malformed"] = ("The body is not what the helpdesk documents.", "Compare the helpdesk's webhook with docs/connecting.md. The answer to the helpdesk names the field that is wrong."),
        ["unauthorized"] = ("The password, header or signature is missing or wrong.", "Give the helpdesk the secret that the connection's setting Webhook__Secret names, and check Webhook__Kind and Webhook__Header."),
        ["unknown-connection"] = ("The address names no connection.", "The address ends with the connection's name: /api/webhooks/{connection}. Correct it in the helpdesk, or add the connection to the settings."),
        ["incomplete"] = ("The body came too slowly or broke off.", "Nothing, if the helpdesk sends it again. Otherwise look at the proxy or tunnel in between."),
        ["too-large"] = ("The body is larger than 1 MiB.", "Have the helpdesk send less: a webhook needs the ids and what has happened, and no messages."),
        ["not-json"] = ("The Content-Type is not JSON.", "Have the helpdesk send Content-Type: application/json."),
        ["too-many"] = ("The connection has as many webhooks in hand as it may.", "Nothing, if the helpdesk sends them again. Otherwise set Webhook__MaxConcurrency higher."),
        ["unavailable"] = ("The queue or the secret could not be reached.", "Nothing, if the helpdesk sends it again. If it goes on, check the connection below."),
    };

    public static string CauseOf(string outcome) => Words.TryGetValue(outcome, out var words) ? words.Cause : outcome;

    public static string FixOf(string outcome) => Words.TryGetValue(outcome, out var words) ? words.Fix : "";
}
