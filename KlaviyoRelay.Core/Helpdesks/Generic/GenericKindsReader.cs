using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Reads which values of a kind mean what, with a line for each that could never match.</summary>
public static class GenericKindsReader
{
    private const char Plus = '+';

    /// <param name="setting">The settings' common name, such as <c>Relay__Connections__acme__Generic__Kinds</c>.</param>
    /// <param name="options">The settings with the preset's.</param>
    /// <param name="own">The settings without the preset's.</param>
    /// <param name="parts">How many pointers make the kind; null when that is not known.</param>
    /// <param name="errors">Gets a line for each setting that is wrong.</param>
    public static Dictionary<string, ConversationEventKind> Read(string setting, GenericOptions options, GenericOptions own, int? parts, SettingErrors errors)
    {
        var kinds = new Dictionary<string, ConversationEventKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, list) in Lists(options.Kinds))
        {
            // The preset's values belong to the preset's pointers.
            var isOfAnotherKind = own.Kind is not null && Lists(own.Kinds).First(one => one.Kind == kind).List is null;
            var values = SettingList.Of(list);
            foreach (var value in values)
            {
                if (!kinds.TryAdd(value, kind))
                {
                    errors.Add($"{setting}__{kind}", list, $"without '{value}', which Kinds__{kinds[value]} has");
                }
            }

            if (parts is { } count && values.FirstOrDefault(value => !CanMatch(value, count, isOfAnotherKind)) is { } wrong)
            {
                errors.Add($"{setting}__{kind}", list, Expected(wrong, count));
            }
        }

        if (kinds.Count == 0)
        {
            errors.Add($"{setting}__Opened", null, "the values of Kind that mean a new conversation, separated by commas; Kinds__Closed, Kinds__Reopened and Kinds__Rated likewise, and at least one of them");
        }

        return kinds;
    }

    /// <summary>A field's text may hold a plus of its own, so that there can be more of them.</summary>
    private static bool CanMatch(string value, int parts, bool isOfAnotherKind)
    {
        var pluses = value.Count(character => character == Plus);
        return isOfAnotherKind ? pluses == parts - 1 : pluses >= parts - 1;
    }

    private static string Expected(string wrong, int parts) => parts == 1
        ? $"set together with Kind, whose one pointer does not find '{wrong}' of the preset"
        : FormattableString.Invariant($"values of {parts} parts joined with '+', because Kind has {parts} pointers: '{wrong}' can't match");

    private static (ConversationEventKind Kind, string? List)[] Lists(GenericKindOptions kinds) =>
    [
        (ConversationEventKind.Opened, kinds.Opened),
        (ConversationEventKind.Closed, kinds.Closed),
        (ConversationEventKind.Reopened, kinds.Reopened),
        (ConversationEventKind.Rated, kinds.Rated),
    ];
}
