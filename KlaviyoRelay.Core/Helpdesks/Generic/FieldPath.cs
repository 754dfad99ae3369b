using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Where a webhook has a value: a pointer, or several with <c>or</c> between them, of which the first that finds one counts.</summary>
public sealed class FieldPath
{
    private const string Or = " or ";

    private FieldPath(string text, IReadOnlyList<JsonPointer> pointers)
    {
        Text = text;
        Pointers = pointers;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<JsonPointer> Pointers { get; }

    /// <summary>Null when a part of the text is no pointer.</summary>
    public static FieldPath? Parse(string text, bool allowWildcard = false)
    {
        var pointers = text.Split(Or, StringSplitOptions.TrimEntries).Select(JsonPointer.Parse).OfType<JsonPointer>().ToList();
        return pointers.Count == text.Split(Or).Length && (allowWildcard || !pointers.Any(pointer => pointer.HasWildcard)) ? new FieldPath(text, pointers) : null;
    }

    /// <summary>Each pointer's value, without wildcards; null where it finds none.</summary>
    public IEnumerable<JsonElement?> Find(JsonElement root) => Pointers.Select(pointer => pointer.Find(root));

    public override string ToString() => Text;
}
