using System.Runtime.InteropServices;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>What was read of a profile so far. Details and properties are copied only when they are to be kept.</summary>
internal sealed class ProfileValues(bool keepsValues)
{
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    private readonly string?[] _identifiers = new string?[(int)IdentifierKind.ExchangeId + 1];
    private List<IdentifierKind>? _cleared;
    private Dictionary<string, ReadOnlyMemory<byte>>? _details;
    private ReadOnlyMemory<byte>? _properties;

    public void Set(IdentifierKind kind, string? value)
    {
        _identifiers[(int)kind] = value;
        if (value is null)
        {
            (_cleared ??= []).Add(kind);
        }
    }

    public void SetDetail(string name, JsonElement? value)
    {
        if (keepsValues && value is { } given)
        {
            (_details ??= new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal))[name] = Raw(given);
        }
    }

    public void SetProperties(JsonElement? value)
    {
        if (keepsValues && value is { ValueKind: JsonValueKind.Object } given)
        {
            _properties = Raw(given);
        }
    }

    public NewProfile ToProfile(string? id, ProfilePatch? patch) => new()
    {
        Id = id,
        Email = _identifiers[(int)IdentifierKind.Email],
        PhoneNumber = _identifiers[(int)IdentifierKind.PhoneNumber],
        ExternalId = _identifiers[(int)IdentifierKind.ExternalId],
        AnonymousId = _identifiers[(int)IdentifierKind.AnonymousId],
        ExchangeId = _identifiers[(int)IdentifierKind.ExchangeId],
        Cleared = _cleared is null ? [] : _cleared,
        Details = _details ?? None,
        Properties = _properties,
        Patch = patch,
    };

    private static ReadOnlyMemory<byte> Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();
}
