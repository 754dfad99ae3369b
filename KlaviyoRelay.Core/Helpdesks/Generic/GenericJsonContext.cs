using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>JSON of presets: strict, because a typing error in one would be a field that is never found.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GenericOptions))]
public sealed partial class GenericJsonContext : JsonSerializerContext;
