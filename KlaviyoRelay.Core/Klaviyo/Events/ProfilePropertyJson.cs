namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>A profile's properties as JSON: the one property that says whether the customer is in a conversation.</summary>
/// <param name="name">Its name.</param>
internal sealed class ProfilePropertyJson(string name)
{
    private readonly byte[] _true = Write(name, value: true);
    private readonly byte[] _false = Write(name, value: false);

    public string Name { get; } = name;

    public ReadOnlySpan<byte> Of(bool value) => value ? _true : _false;

    private static byte[] Write(string name, bool value) => JsonBody.Fragment((Name: name, Value: value), static (json, property) =>
    {
        json.WriteStartObject();
        json.WriteBoolean(property.Name, property.Value);
        json.WriteEndObject();
    });
}
