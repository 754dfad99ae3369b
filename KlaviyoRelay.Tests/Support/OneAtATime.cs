namespace KlaviyoRelay.Tests.Support;

/// <summary>Tests that listen to the whole process or are judged by time: no other test runs beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OneAtATime;
