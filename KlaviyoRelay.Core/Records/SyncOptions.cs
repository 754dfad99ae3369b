using System.Diagnostics.CodeAnalysis;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Sources;

namespace KlaviyoRelay.Core.Records;

/// <summary>One sync of rows to Klaviyo: <c>Relay__Syncs__{sync}__...</c>.</summary>
public sealed class SyncOptions
{
    /// <summary>The Klaviyo account, a name of <c>Relay__Accounts</c>.</summary>
    public string Account { get; set; } = "";

    /// <summary>What a row becomes: <c>profiles</c>, <c>lists</c> or <c>events</c>.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The setting is called so.")]
    public string Object { get; set; } = "";

    /// <summary><c>upsert</c> for profiles, <c>insert</c> or <c>delete</c> for lists, <c>insert</c> for events. Empty: the first of them.</summary>
    public string Behaviour { get; set; } = "";

    /// <summary>The id of the list that members enter or leave; for lists only.</summary>
    public string List { get; set; } = "";

    /// <summary>Name of the secret that senders of rows show. Empty: they show a key of the function app instead. A sync with a query takes no such rows then.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The column that tells one event from all others; for events only, which need it.</summary>
    public string Key { get; set; } = "";

    /// <summary>The country of phone numbers without a country code, by its two letters.</summary>
    public string PhoneRegion { get; set; } = "";

    /// <summary>The column that holds each row's country, instead of <see cref="PhoneRegion"/>.</summary>
    public string PhoneRegionColumn { get; set; } = "";

    /// <summary>What becomes of a row with a phone number that is none: <c>reject</c>, or <c>drop</c> the number when the row has another identifier.</summary>
    public string BadPhone { get; set; } = "reject";

    /// <summary>What null and an empty CSV cell do to the profile: <c>leave</c> the value that is there, or <c>clear</c> it.</summary>
    public string Nulls { get; set; } = "leave";

    /// <summary>Whether a row may make a new profile. False: only profiles that Klaviyo knows.</summary>
    public bool CreateProfiles { get; set; } = true;

    /// <summary>The columns of Klaviyo's own fields of a profile.</summary>
    public FieldOptions Fields { get; init; } = new();

    /// <summary>Columns that become custom properties of the profile, such as <c>points,tier=Loyalty tier</c>.</summary>
    public string ProfileProperties { get; set; } = "";

    /// <summary>The columns of the event; for events only.</summary>
    public EventOptions Event { get; init; } = new();

    /// <summary>The query that brings rows by a schedule.</summary>
    public SqlOptions Sql { get; init; } = new();
}
