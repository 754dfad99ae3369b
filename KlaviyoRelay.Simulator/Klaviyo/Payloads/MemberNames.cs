using System.Collections.Frozen;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>The members Klaviyo's reference (revision 2026-07-15) names at each level of the bodies.</summary>
internal static class MemberNames
{
    public static FrozenSet<string> Document { get; } = Set("data");

    public static FrozenSet<string> Resource { get; } = Set("type", "attributes");

    public static FrozenSet<string> Event { get; } =
        Set("properties", "time", "value", "value_currency", "unique_id", "metric", "profile");

    public static FrozenSet<string> EventWithBackfill { get; } = Set([.. Event, "backfill"]);

    // Inside a bulk entry the profile stands beside the events.
    public static FrozenSet<string> BulkEvent { get; } = Set([.. Event.Where(name => name != "profile")]);

    public static FrozenSet<string> BulkEventWithBackfill { get; } = Set([.. BulkEvent, "backfill"]);

    public static FrozenSet<string> Metric { get; } = Set("name", "service");

    public static FrozenSet<string> SingleProfile { get; } = Set("type", "id", "attributes");

    public static FrozenSet<string> BulkProfile { get; } = Set([.. SingleProfile, "meta"]);

    public static FrozenSet<string> ProfileIdentifiers { get; } = Set("email", "phone_number", "external_id", "anonymous_id", "_kx");

    /// <summary>What a profile has besides identifiers and custom properties; stored as it came.</summary>
    public static FrozenSet<string> ProfileDetails { get; } =
        Set("first_name", "last_name", "organization", "locale", "title", "image", "location");

    public static FrozenSet<string> BulkProfileAttributes { get; } = Set([.. ProfileIdentifiers, .. ProfileDetails, "properties"]);

    // In a single event meta is an attribute of the profile, in a bulk entry it stands beside the attributes.
    public static FrozenSet<string> SingleProfileAttributes { get; } = Set([.. BulkProfileAttributes, "meta"]);

    public static FrozenSet<string> ProfileMeta { get; } = Set("patch_properties", "patch_identifiers");

    public static FrozenSet<string> BulkJob { get; } = Set("events-bulk-create");

    public static FrozenSet<string> BulkEntry { get; } = Set("profile", "events");

    public static FrozenSet<string> BulkEntryWithBackfill { get; } = Set([.. BulkEntry, "backfill"]);

    public static FrozenSet<string> ImportJob { get; } = Set([.. Resource, "relationships"]);

    public static FrozenSet<string> ImportJobAttributes { get; } = Set("profiles");

    public static FrozenSet<string> ImportJobRelationships { get; } = Set("lists");

    /// <summary>A profile that is imported, alone or in a job.</summary>
    public static FrozenSet<string> ImportProfile { get; } = BulkProfile;

    public static FrozenSet<string> ImportProfileAttributes { get; } = Set([.. BulkProfileAttributes.Where(name => name != "anonymous_id")]);

    public static FrozenSet<string> PatchProperties { get; } = Set("append", "unappend", "unset");

    public static FrozenSet<string> PatchIdentifiers { get; } = Set("append", "unappend");

    public static FrozenSet<string> Reference { get; } = Set("type", "id");

    public static FrozenSet<string> List { get; } = Set("name", "opt_in_process");

    public static FrozenSet<string> NewSegment { get; } = Set("name", "definition", "is_starred");

    public static FrozenSet<string> Segment { get; } = Set([.. NewSegment, "is_active"]);

    public static FrozenSet<string> Definition { get; } = Set("condition_groups");

    public static FrozenSet<string> ConditionGroup { get; } = Set("conditions");

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
