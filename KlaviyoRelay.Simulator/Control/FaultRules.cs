using System.Globalization;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Faults;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>Turns a fault of the control API into a rule, or says what is wrong with it.</summary>
internal static class FaultRules
{
    public static Parsed<FaultRule> Check(FaultInput input) =>
        Problem(input) is { } problem ? Parsed<FaultRule>.Bad(problem) : Parsed<FaultRule>.Good(new FaultRule
        {
            Name = input.Name,
            Target = input.Target ?? "",
            Path = input.Path,
            Method = input.Method,
            Account = input.Account,
            Status = input.Status,
            RetryAfter = input.RetryAfter,
            ContentType = input.ContentType,
            Body = input.Body,
            DelayMs = input.DelayMs,
            Drop = input.Drop switch { "before" => FaultDrop.Before, "after" => FaultDrop.After, _ => null },
            Next = input.Next,
            EveryNth = input.EveryNth,
            Share = input.Share,
        });

    private static string? Problem(FaultInput input) => input switch
    {
        { Target: not ("klaviyo" or "gladly" or "kustomer") } => "'target' must be klaviyo, gladly or kustomer.",
        { Path: { } path } when !path.StartsWith('/') => "'path' must start with a slash, such as /api/events.",
        { Status: < 200 or > 599 } => "'status' must be an HTTP status from 200 to 599.",
        { RetryAfter: { } retryAfter } when !IsRetryAfter(retryAfter) =>
            "'retryAfter' must be a number of seconds such as \"1\", or \"date:5\" for a date five seconds ahead.",
        { DelayMs: < 0 or > 600_000 } => "'delayMs' must be 0 to 600000.",
        { Drop: not (null or "before" or "after") } => "'drop' must be before or after.",
        { Drop: not null, Status: not null } => "'drop' can't have a 'status': the connection is cut without an answer.",
        { Next: < 1 } => "'next' must be 1 or more.",
        { EveryNth: < 1 } => "'everyNth' must be 1 or more.",
        { Share: { } share } when share is not (> 0 and <= 1) => "'share' must be more than 0 and at most 1.",
        { Status: null, DelayMs: null, Drop: null } => "'status', 'delayMs' or 'drop' is required: a fault must do something.",
        { Status: null } when input.RetryAfter is not null || input.Body is not null || input.ContentType is not null =>
            "'status' is required beside 'retryAfter', 'body' and 'contentType'.",
        _ when Counters(input) > 1 => "'next', 'everyNth' and 'share' exclude each other.",
        _ => null,
    };

    private static int Counters(FaultInput input) =>
        (input.Next is null ? 0 : 1) + (input.EveryNth is null ? 0 : 1) + (input.Share is null ? 0 : 1);

    private static bool IsRetryAfter(string value) => int.TryParse(
        value.StartsWith("date:", StringComparison.Ordinal) ? value[5..] : value,
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out _);
}
