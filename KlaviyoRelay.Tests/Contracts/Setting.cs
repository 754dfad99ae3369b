namespace KlaviyoRelay.Tests.Contracts;

/// <summary>A setting that the code reads.</summary>
/// <param name="Name">As the environment writes it; <c>*</c> stands for a name that the user chooses.</param>
/// <param name="Type">The type of its value.</param>
internal sealed record Setting(string Name, Type Type)
{
    private const string Separator = "__";

    /// <summary>Whether a name in a settings file means this setting.</summary>
    public bool Is(string name)
    {
        var (own, others) = (Name.Split(Separator), name.Split(Separator));
        return own.Length == others.Length
            && own.Zip(others).All(pair => pair.First == "*" || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
