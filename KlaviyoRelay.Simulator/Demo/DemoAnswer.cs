namespace KlaviyoRelay.Simulator.Demo;

/// <summary>A webhook and how the relay answered it.</summary>
internal sealed record DemoAnswer(DemoStep Step, int Status)
{
    /// <summary>An ignored webhook is answered with 200; one that is taken with any 2xx.</summary>
    public bool IsExpected => Step.IsIgnored ? Status == 200 : Status is >= 200 and < 300;
}
