using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>The rules for where a connection's events go.</summary>
public static class BrandRoutingValidator
{
    public static void Check(string setting, ConnectionOptions connection, Dictionary<string, AccountOptions> accounts, SettingErrors errors)
    {
        CheckAccount($"{setting}__Account", connection.Account, canIgnore: connection.Brands.Count > 0, accounts, errors);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, brand) in connection.Brands)
        {
            var brandSetting = $"{setting}__Brands__{name}";
            errors.CheckName(brandSetting, name);
            CheckAccount($"{brandSetting}__Account", brand.Account, canIgnore: true, accounts, errors);
            CheckIds($"{brandSetting}__Ids", name, brand, owners, errors);
        }
    }

    private static void CheckAccount(string setting, string account, bool canIgnore, Dictionary<string, AccountOptions> accounts, SettingErrors errors)
    {
        if (accounts.ContainsKey(account) || (canIgnore && account == BrandRouting.Ignore))
        {
            return;
        }

        var orIgnore = canIgnore ? $", or {BrandRouting.Ignore}" : "";
        var known = accounts.Count == 0
            ? $"a key of Relay__Accounts{orIgnore}"
            : $"one of {string.Join(", ", accounts.Keys)}, or a new Relay__Accounts__{{name}}__PrivateKeySecret{orIgnore}";
        errors.Add(setting, account, known);
    }

    private static void CheckIds(string setting, string name, BrandOptions brand, Dictionary<string, string> owners, SettingErrors errors)
    {
        if (brand.ParsedIds.Count == 0)
        {
            errors.Add(setting, null, "the helpdesk's ids of the brand, separated by commas");
        }

        foreach (var id in brand.ParsedIds)
        {
            if (!owners.TryAdd(id, name))
            {
                errors.Add(setting, brand.Ids, owners[id] == name ? $"with '{id}' only once" : $"without '{id}', which the brand {owners[id]} has");
            }
        }
    }
}
