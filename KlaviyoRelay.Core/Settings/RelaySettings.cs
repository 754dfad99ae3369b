using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Settings;

/// <summary>Finds settings that the relay does not know, mostly typing errors, and values of the wrong type.</summary>
public sealed class RelaySettings
{
    private readonly SettingErrors _errors;
    private readonly ILookup<Type, (string Name, Type Type)> _parts;

    private RelaySettings(SettingErrors errors, ILookup<Type, (string Name, Type Type)> parts)
    {
        _errors = errors;
        _parts = parts;
    }

    /// <summary>Reads a section into its options.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">Get its values.</param>
    /// <param name="parts">Sections that a class of options has beside its members.</param>
    /// <exception cref="OptionsValidationException">The section holds a setting that the relay does not know, or a value of the wrong type.</exception>
    public static void Bind<T>(IConfigurationSection section, T options, params IEnumerable<(Type Owner, string Name, Type Type)> parts)
        where T : class
    {
        var errors = new SettingErrors();
        new RelaySettings(errors, parts.ToLookup(part => part.Owner, part => (part.Name, part.Type))).Check(section, typeof(T));
        if (errors.Lines.Count > 0)
        {
            throw new OptionsValidationException(section.Key, typeof(T), errors.Lines);
        }

        section.Bind(options);
    }

    private void Check(IConfigurationSection section, Type type)
    {
        if (IsValue(type))
        {
            CheckValue(section, type);
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            foreach (var entry in section.GetChildren())
            {
                Check(entry, type.GenericTypeArguments[1]);
            }
        }
        else
        {
            foreach (var child in section.GetChildren())
            {
                CheckMember(child, type);
            }
        }
    }

    private void CheckMember(IConfigurationSection child, Type type)
    {
        var members = MembersOf(type);
        if (members.FirstOrDefault(member => string.Equals(member.Name, child.Key, StringComparison.OrdinalIgnoreCase)) is { Type: { } memberType })
        {
            Check(child, memberType);
        }
        else
        {
            var known = string.Join(", ", members.Select(member => member.Name));
            foreach (var setting in Leaves(child))
            {
                _errors.AddUnknown(SettingErrors.NameOf(setting.Path), child.Key, known);
            }
        }
    }

    private void CheckValue(IConfigurationSection section, Type type)
    {
        if (section.Value is { Length: > 0 } value && !TypeDescriptor.GetConverter(type).IsValid(value))
        {
            _errors.Add(SettingErrors.NameOf(section.Path), value, $"a {Describe(type)}");
        }
    }

    private List<(string Name, Type Type)> MembersOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => (member.Name, member.PropertyType)),
        .. _parts[type],
    ];

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section) =>
        section.GetChildren().Any() ? section.GetChildren().SelectMany(Leaves) : [section];

    private static bool IsValue(Type type) => type == typeof(string) || type.IsValueType;

    private static string Describe(Type type) =>
        type == typeof(TimeSpan) ? "time such as 00:15:00"
        : type == typeof(bool) || type == typeof(bool?) ? "true or false value"
        : type == typeof(int) ? "whole number"
        : "number such as 0.8";
}
