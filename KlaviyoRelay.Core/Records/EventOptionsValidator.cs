using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Records;

/// <summary>What is wrong with the event of a sync.</summary>
/// <param name="setting">What stands before the names of its settings.</param>
/// <param name="sync">The sync's settings.</param>
/// <param name="errors">Takes what is wrong.</param>
public sealed class EventOptionsValidator(string setting, SyncOptions sync, SettingErrors errors)
{
    private readonly EventOptions _event = sync.Event;

    private string KeySetting => $"{setting[..setting.LastIndexOf("__", StringComparison.Ordinal)]}__{nameof(sync.Key)}";

    public void Check(SyncObject kind)
    {
        if (kind == SyncObject.Events)
        {
            CheckEvent();
            return;
        }

        if (sync.Key.Length > 0)
        {
            errors.Add(KeySetting, sync.Key, $"left out, because Object is {sync.Object}");
        }

        foreach (var (name, value) in Texts().Where(text => text.Value.Length > 0))
        {
            errors.Add($"{setting}__{name}", value, $"left out, because Object is {sync.Object}");
        }
    }

    private void CheckEvent()
    {
        if (sync.Key.Length == 0)
        {
            errors.Add(KeySetting, sync.Key, "the column that tells one event from all others");
        }

        if (_event.NameColumn.Length == 0)
        {
            KlaviyoNames.CheckMetric($"{setting}__{nameof(_event.Name)}", _event.Name, errors);
        }
        else if (_event.Name.Length > 0)
        {
            errors.Add($"{setting}__{nameof(_event.NameColumn)}", _event.NameColumn, $"left out, because {nameof(_event.Name)} is set");
        }

        errors.CheckText($"{setting}__{nameof(_event.TimeColumn)}", _event.TimeColumn, "the column that holds when it happened");
        if (_event.CurrencyColumn.Length > 0 && _event.ValueColumn.Length == 0)
        {
            errors.Add($"{setting}__{nameof(_event.ValueColumn)}", null, $"the column with the value, because {nameof(_event.CurrencyColumn)} is set");
        }

        PropertyList.Check($"{setting}__{nameof(_event.Properties)}", _event.Properties, errors);
    }

    private IEnumerable<(string Name, string Value)> Texts() =>
    [
        (nameof(_event.Name), _event.Name),
        (nameof(_event.NameColumn), _event.NameColumn),
        (nameof(_event.TimeColumn), _event.TimeColumn),
        (nameof(_event.ValueColumn), _event.ValueColumn),
        (nameof(_event.CurrencyColumn), _event.CurrencyColumn),
        (nameof(_event.Properties), _event.Properties),
    ];
}
