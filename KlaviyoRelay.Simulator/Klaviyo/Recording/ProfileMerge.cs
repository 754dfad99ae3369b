using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>Merges what was sent into a profile: null takes a value away, what is not sent stays.</summary>
internal static class ProfileMerge
{
    public static Profile Apply(Profile profile, NewProfile sent, DateTimeOffset now) => profile with
    {
        Updated = now,
        Details = Merge(profile.Details, sent.Details),
        Properties = PatchMerge.Apply(
            sent.Properties is { } properties ? Merge(profile.Properties, Members(properties)) : profile.Properties,
            sent.Patch),
    };

    private static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Merge(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> old, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sent)
    {
        if (sent.Count == 0)
        {
            return old;
        }

        var merged = new Dictionary<string, ReadOnlyMemory<byte>>(old, StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            if (value.Span.SequenceEqual("null"u8))
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Members(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var members = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            members[member.Name] = new Field(member.Value, FieldPointer.Root).Raw;
        }

        return members;
    }
}
