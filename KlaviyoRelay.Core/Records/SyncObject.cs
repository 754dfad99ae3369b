namespace KlaviyoRelay.Core.Records;

/// <summary>What a row becomes, and how: the pairs that Klaviyo has requests for.</summary>
public enum SyncObject
{
    /// <summary><c>profiles</c>, <c>upsert</c>.</summary>
    Profiles,

    /// <summary><c>lists</c>, <c>insert</c>: the profile is written and becomes a member.</summary>
    ListInsert,

    /// <summary><c>lists</c>, <c>delete</c>: the profile is no longer a member.</summary>
    ListDelete,

    /// <summary><c>events</c>, <c>insert</c>.</summary>
    Events,
}

/// <summary>The objects and behaviours as settings name them.</summary>
public static class SyncObjects
{
    /// <summary>Each object with its behaviours; the first is the default.</summary>
    public static readonly OrderedDictionary<string, OrderedDictionary<string, SyncObject>> Named = new(StringComparer.Ordinal)
    {
        ["profiles"] = new(StringComparer.Ordinal) { ["upsert"] = SyncObject.Profiles },
        ["lists"] = new(StringComparer.Ordinal) { ["insert"] = SyncObject.ListInsert, ["delete"] = SyncObject.ListDelete },
        ["events"] = new(StringComparer.Ordinal) { ["insert"] = SyncObject.Events },
    };

    /// <summary>An object with its behaviour, as settings name them: <c>lists insert</c>.</summary>
    public static string NameOf(SyncObject one) =>
        Named.SelectMany(pair => pair.Value, (pair, behaviour) => (Name: $"{pair.Key} {behaviour.Key}", Object: behaviour.Value)).First(pair => pair.Object == one).Name;

    /// <summary>Null when there is no such pair.</summary>
    public static SyncObject? Find(string name, string behaviour) =>
        Named.TryGetValue(name, out var behaviours) && (behaviour.Length == 0 ? behaviours.GetAt(0).Value : behaviours.TryGetValue(behaviour, out var found) ? found : (SyncObject?)null) is { } one
            ? one
            : null;
}
