namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>Webhooks by what came of them. Not thread-safe.</summary>
internal sealed class WebhookCounts
{
    private long _accepted;
    private long _ignored;
    private long _refused;

    public void Add(string outcome)
    {
        switch (outcome)
        {
            case "accepted":
                _accepted++;
                break;
            case "ignored":
                _ignored++;
                break;
            default:
                _refused++;
                break;
        }
    }

    public WebhookTotals Totals() => new(_accepted, _ignored, _refused);
}
