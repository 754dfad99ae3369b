using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Records.Sources;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Records;

/// <summary>What is wrong with the settings of one sync.</summary>
/// <param name="setting">What stands before the names of its settings: <c>Relay__Syncs__{sync}</c>.</param>
/// <param name="sync">Its settings.</param>
/// <param name="errors">Takes what is wrong.</param>
public sealed class SyncOptionsValidator(string setting, SyncOptions sync, SettingErrors errors)
{
    public void Check(IReadOnlyDictionary<string, AccountOptions> accounts, SecretReferences secrets)
    {
        if (!accounts.ContainsKey(sync.Account))
        {
            Add(nameof(sync.Account), sync.Account, "a key of Relay__Accounts");
        }

        if (sync.Secret.Length > 0)
        {
            secrets.Check($"{setting}__{nameof(sync.Secret)}", sync.Secret, "what senders of rows show");
        }

        CheckOneOf(nameof(sync.BadPhone), sync.BadPhone, "reject", "drop");
        CheckOneOf(nameof(sync.Nulls), sync.Nulls, "leave", "clear");
        CheckIdentifiers();
        CheckPhones();
        PropertyList.Check($"{setting}__{nameof(sync.ProfileProperties)}", sync.ProfileProperties, errors);
        var found = CheckObject();
        new SqlOptionsValidator($"{setting}__{nameof(sync.Sql)}", sync.Sql, errors).Check(found, secrets);
        if (found is { } kind)
        {
            CheckList(kind);
            new EventOptionsValidator($"{setting}__{nameof(sync.Event)}", sync, errors).Check(kind);
        }
    }

    private SyncObject? CheckObject()
    {
        if (!SyncObjects.Named.TryGetValue(sync.Object, out var behaviours))
        {
            Add(nameof(sync.Object), sync.Object, "profiles, lists or events");
            return null;
        }

        var kind = SyncObjects.Find(sync.Object, sync.Behaviour);
        if (kind is null)
        {
            Add(nameof(sync.Behaviour), sync.Behaviour, $"{string.Join(" or ", behaviours.Keys)}, because {nameof(sync.Object)} is {sync.Object}");
        }

        return kind;
    }

    private void CheckList(SyncObject kind)
    {
        var isOfList = kind is SyncObject.ListInsert or SyncObject.ListDelete;
        if (isOfList && (sync.List.Length is 0 or > 32 || !sync.List.All(char.IsAsciiLetterOrDigit)))
        {
            Add(nameof(sync.List), sync.List, "the id of a list in Klaviyo, letters and digits");
        }
        else if (!isOfList && sync.List.Length > 0)
        {
            Add(nameof(sync.List), sync.List, $"left out, because {nameof(sync.Object)} is {sync.Object}");
        }

        if (kind == SyncObject.ListDelete && sync.ProfileProperties.Length > 0)
        {
            Add(nameof(sync.ProfileProperties), sync.ProfileProperties, "left out, because a delete writes no profiles");
        }
    }

    private void CheckIdentifiers()
    {
        var fields = sync.Fields;
        if (fields.Email.Length == 0 && fields.PhoneNumber.Length == 0 && fields.ExternalId.Length == 0)
        {
            Add($"{nameof(sync.Fields)}__{nameof(fields.Email)}", fields.Email, "the column with the email, or Fields__PhoneNumber or Fields__ExternalId names one: a profile needs an identifier");
        }
    }

    private void CheckPhones()
    {
        if (sync.PhoneRegion.Length > 0 && !PhoneNumber.IsRegion(sync.PhoneRegion))
        {
            Add(nameof(sync.PhoneRegion), sync.PhoneRegion, "a country by its two letters, such as US");
        }

        if (sync.PhoneRegion.Length > 0 && sync.PhoneRegionColumn.Length > 0)
        {
            Add(nameof(sync.PhoneRegionColumn), sync.PhoneRegionColumn, $"left out, because {nameof(sync.PhoneRegion)} is set");
        }

        if (sync.Fields.PhoneNumber.Length == 0 && sync.PhoneRegion.Length + sync.PhoneRegionColumn.Length > 0)
        {
            Add($"{nameof(sync.Fields)}__{nameof(sync.Fields.PhoneNumber)}", null, "the column with the phone number, because a region is set");
        }
    }

    private void CheckOneOf(string name, string value, string first, string second)
    {
        if (value != first && value != second)
        {
            Add(name, value, $"{first} or {second}");
        }
    }

    private void Add(string name, string? value, string expected) => errors.Add($"{setting}__{name}", value, expected);
}
