namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Alone, after all other tests: the process's memory and time are measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FuzzCollection
{
    public const string Name = "Fuzz";
}
