using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>How much the properties of one event may hold.</summary>
internal static class PropertyLimits
{
    private const int Properties = 400;
    private const int StringBytes = 100_000;
    private const int ArrayItems = 4000;
    private const int Levels = 10;

    public static void Check(FieldReader reader, Field properties)
    {
        if (properties.Element.GetPropertyCount() > Properties)
        {
            reader.Fail($"An event must not have more than {Properties} properties", properties.Pointer);
        }

        CheckMembers(reader, properties, level: 0);
    }

    private static void CheckMembers(FieldReader reader, Field parent, int level)
    {
        foreach (var member in parent.Element.EnumerateObject())
        {
            CheckValue(reader, new Field(member.Value, parent.Pointer.At(member.Name)), level);
        }
    }

    private static void CheckValue(FieldReader reader, Field field, int level)
    {
        switch (field.Element.ValueKind)
        {
            case JsonValueKind.String when IsTooLong(field.Element):
                reader.Fail($"A string must not exceed {StringBytes / 1000} KB", field.Pointer);
                break;

            case JsonValueKind.Array:
                CheckArray(reader, field, level);
                break;

            case JsonValueKind.Object when level == Levels:
                reader.Fail($"Objects must not be nested more than {Levels} levels deep", field.Pointer);
                break;

            case JsonValueKind.Object:
                CheckMembers(reader, field, level + 1);
                break;
        }
    }

    private static void CheckArray(FieldReader reader, Field array, int level)
    {
        if (array.Element.GetArrayLength() > ArrayItems)
        {
            reader.Fail($"An array must not have more than {ArrayItems} items", array.Pointer);
            return;
        }

        foreach (var item in array.Element.EnumerateArray())
        {
            CheckValue(reader, new Field(item, array.Pointer), level);
        }
    }

    // Escapes only make the raw form longer, so most strings need not be decoded to be measured.
    private static bool IsTooLong(JsonElement text) =>
        JsonMarshal.GetRawUtf8Value(text).Length - 2 > StringBytes
        && Encoding.UTF8.GetByteCount(text.GetString() ?? "") > StringBytes;
}
