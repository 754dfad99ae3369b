using System.Reflection;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Http;

/// <summary>The reasons by the names under which they are written, such as <c>customer-not-found</c>.</summary>
public static class DeadLetterReasons
{
    private static readonly Dictionary<DeadLetterReason, string> NamesByReason = Enum.GetValues<DeadLetterReason>().ToDictionary(reason => reason, WrittenName);

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> Names => NamesByReason.Values;

    /// <summary>A reason's name.</summary>
    public static string NameOf(DeadLetterReason reason) => NamesByReason[reason];

    /// <summary>Whether a later try may succeed.</summary>
    public static bool IsTransient(DeadLetterReason reason) => reason is DeadLetterReason.Throttled or DeadLetterReason.Unavailable;

    /// <summary>The reason of a name; null when there is none.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static DeadLetterReason? Parse(string name) =>
        NamesByReason.ContainsValue(name) ? NamesByReason.First(pair => pair.Value == name).Key : null;

    private static string WrittenName(DeadLetterReason reason) =>
        typeof(DeadLetterReason).GetField($"{reason}")?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? $"{reason}";
}
