using System.Runtime.InteropServices;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>A value of the body together with where it stands.</summary>
internal readonly record struct Field(JsonElement Element, FieldPointer Pointer)
{
    public ReadOnlyMemory<byte> Raw => JsonMarshal.GetRawUtf8Value(Element).ToArray();
}
