namespace KlaviyoRelay.Simulator.Demo;

/// <summary>Is told how far the demo is.</summary>
internal interface IDemoMeter
{
    void Sent(int webhooks, int of);

    void Recorded(int events, int of);

    void Accounted(int rows, int of);
}
