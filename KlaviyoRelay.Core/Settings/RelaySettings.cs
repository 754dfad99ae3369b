using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Core.Settings;

/// <summary>Finds settings that nobody reads (a typing error, most often) and values that are not of their type.</summary>
internal static class RelaySettings
{
    public static void Check(IConfigurationSection section, Type type, SettingErrors errors)
    {
        if (IsValue(type))
        {
            CheckValue(section, type, errors);
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            foreach (var entry in section.GetChildren())
            {
                Check(entry, type.GenericTypeArguments[1], errors);
            }
        }
        else
        {
            foreach (var child in section.GetChildren())
            {
                CheckMember(child, type, errors);
            }
        }
    }

    private static void CheckMember(IConfigurationSection child, Type type, SettingErrors errors)
    {
        if (type.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } property)
        {
            Check(child, property.PropertyType, errors);
        }
        else
        {
            var known = string.Join(", ", type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => member.Name));
            foreach (var setting in Leaves(child))
            {
                errors.AddUnknown(SettingErrors.NameOf(setting.Path), child.Key, known);
            }
        }
    }

    private static void CheckValue(IConfigurationSection section, Type type, SettingErrors errors)
    {
        if (section.Value is { Length: > 0 } value && !TypeDescriptor.GetConverter(type).IsValid(value))
        {
            errors.Add(SettingErrors.NameOf(section.Path), value, $"a {Describe(type)}");
        }
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section) =>
        section.GetChildren().Any() ? section.GetChildren().SelectMany(Leaves) : [section];

    private static bool IsValue(Type type) => type == typeof(string) || type.IsValueType;

    private static string Describe(Type type) =>
        type == typeof(TimeSpan) ? "time such as 00:15:00"
        : type == typeof(bool) || type == typeof(bool?) ? "true or false value"
        : type == typeof(int) ? "whole number"
        : "number such as 0.8";
}
