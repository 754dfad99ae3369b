using System.Collections.Frozen;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary>Reads when a campaign shall go out.</summary>
internal static class StrategyReader
{
    private const string Resource = "campaign";

    private static readonly FrozenSet<string> Strategy = new[] { "method", "datetime", "options" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> StaticOptions = new[] { "is_local", "send_past_recipients_immediately" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The time, or null for at once, and whether it is that of each recipient's clock.</summary>
    public static (DateTimeOffset? SendAt, bool IsLocal) TimeOf(FieldReader reader, Field attributes, DateTimeOffset now)
    {
        if (reader.Optional(attributes, "send_strategy", JsonValueKind.Object) is not { } strategy)
        {
            return (null, false);
        }

        reader.AllowOnly(strategy, Strategy, Resource);
        var method = reader.Required(strategy, "method", JsonValueKind.String, Resource)?.Element.GetString();
        if (method != "static")
        {
            if (method is not (null or "immediate"))
            {
                reader.Fail($"'{method}' is Klaviyo's, but not simulated", strategy.Pointer.At("method"));
            }

            return (null, false);
        }

        var isLocal = false;
        if (reader.Optional(strategy, "options", JsonValueKind.Object) is { } options)
        {
            reader.AllowOnly(options, StaticOptions, Resource);
            isLocal = options.Element.TryGetProperty("is_local", out var local) && local.ValueKind == JsonValueKind.True;
        }

        var text = reader.Required(strategy, "datetime", JsonValueKind.String, Resource);
        if (text is not { } time)
        {
            return (null, isLocal);
        }

        if (!time.Element.TryGetDateTimeOffset(out var at))
        {
            reader.Fail("Not a valid datetime", time.Pointer);
        }
        else if (at < now - (isLocal ? TimeSpan.FromHours(12) : TimeSpan.Zero))
        {
            reader.Fail("The send time must be in the future", time.Pointer);
        }

        return (at, isLocal);
    }
}
