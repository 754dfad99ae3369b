using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>The mappings that come with the relay: the files in <c>Presets/</c>, which hold settings by their names.</summary>
public static class GenericPresets
{
    public static IReadOnlyList<string> Names { get; } = ["zendesk", "gorgias", "intercom", "freshdesk", "standard"];

    /// <summary>The preset, or null when there is none of that name.</summary>
    public static GenericOptions? Find(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var file = typeof(GenericPresets).Assembly.GetManifestResourceStream($"{typeof(GenericPresets).Namespace}.Presets.{name}.json")
            ?? throw new InvalidOperationException($"The preset {name} is not embedded.");
        return JsonSerializer.Deserialize(file, GenericJsonContext.Default.GenericOptions);
    }
}
