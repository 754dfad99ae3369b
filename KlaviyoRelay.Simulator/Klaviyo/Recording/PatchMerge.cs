using System.Buffers;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>Applies the patches of properties. A property that is appended to becomes an array and stays one.</summary>
internal static class PatchMerge
{
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Apply(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> properties, ProfilePatch? patch)
    {
        if (patch is null)
        {
            return properties;
        }

        var patched = new Dictionary<string, ReadOnlyMemory<byte>>(properties, StringComparer.Ordinal);
        foreach (var (name, values) in patch.Append)
        {
            patched[name] = Array([.. Items(patched, name), .. values]);
        }

        foreach (var (name, values) in patch.Unappend)
        {
            if (patched.ContainsKey(name))
            {
                patched[name] = Array([.. Items(patched, name).Where(item => !values.Any(value => value.Span.SequenceEqual(item.Span)))]);
            }
        }

        foreach (var name in patch.Unset)
        {
            patched.Remove(name);
        }

        return patched;
    }

    private static List<ReadOnlyMemory<byte>> Items(Dictionary<string, ReadOnlyMemory<byte>> properties, string name)
    {
        if (!properties.TryGetValue(name, out var json))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(item => new Field(item, FieldPointer.Root).Raw)]
            : [json];
    }

    private static ReadOnlyMemory<byte> Array(List<ReadOnlyMemory<byte>> items)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            buffer.Write(i == 0 ? default : ","u8);
            buffer.Write(items[i].Span);
        }

        buffer.Write("]"u8);
        return buffer.WrittenMemory;
    }
}
