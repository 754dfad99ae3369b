namespace KlaviyoRelay.LocalHost.Settings;

/// <summary>What the local host takes from host.json, so that both hosts go by the same file.</summary>
internal sealed record HostJson(string RoutePrefix, int MaxMessageBatchSize)
{
    public static HostJson Read()
    {
        var json = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "host.json")).Build();
        return new HostJson(
            json["extensions:http:routePrefix"] ?? "api",
            json.GetValue("extensions:serviceBus:maxMessageBatchSize", 400));
    }
}
