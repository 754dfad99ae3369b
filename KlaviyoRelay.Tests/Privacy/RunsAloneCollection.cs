namespace KlaviyoRelay.Tests.Privacy;

/// <summary>Tests that watch the whole process: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAloneCollection
{
    public const string Name = "Runs alone";
}
