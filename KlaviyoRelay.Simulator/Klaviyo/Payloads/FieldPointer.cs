namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>A place in the body. A linked list, because it becomes a JSON pointer only when there is an error to report.</summary>
internal sealed class FieldPointer(FieldPointer? parent, string name)
{
    public static FieldPointer Root { get; } = new(null, "");

    public FieldPointer At(string child) => new(this, child);

    public override string ToString() => parent is null ? "" : $"{parent}/{name}";
}
