using System.IO.Compression;
using System.Text.Json.Nodes;
using KlaviyoRelay.Benchmarks.Records;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>Members that leave a list: their ids are looked up by the hundred and removed by the thousand. From the first byte to an empty list.</summary>
internal sealed class ListDelete(int members) : Row
{
    private const string List = "L1";
    private const int Seeded = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string> Sync = new()
    {
        ["Account"] = "main",
        ["Secret"] = RowWorkload.SecretName,
        ["Object"] = "lists",
        ["Behaviour"] = "delete",
        ["List"] = List,
        ["Fields__Email"] = "email",
    };

    public static string NameOf(int members) => $"list-delete-{members / 1000}k";

    public override string Name => NameOf(members);

    public override string What => $"{members:N0} members leave a list, until it is empty: Klaviyo's real limits, Azurite";

    // Klaviyo's windows decide, and not the machine.
    public override int Repetitions => 1;

    public override bool NeedsFull => members > 10_000;

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var stack = await RecordsStack.StartAsync(Sync, cancellationToken);
        await stack.Simulator.KlaviyoAsync("lists", new JsonArray(new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["id"] = List, ["name"] = "Newsletter" }), cancellationToken);
        foreach (var numbers in Enumerable.Range(0, members).Chunk(Seeded))
        {
            await SeedAsync(stack, numbers, cancellationToken);
        }

        UnmetException.ThrowUnless(await SizeAsync(stack, cancellationToken) == members, () => "The list was not filled.");
        var (cost, azurite) = await stack.MeasureAsync(
            () => stack.PostAsync(Body(), part: 1, cancellationToken), async () => await SizeAsync(stack, cancellationToken) == 0, Longest, cancellationToken);
        var asked = await stack.Simulator.CountsAsync(cancellationToken);
        return new Measurement(members, cost) { Requests = asked.To("klaviyo"), Lost = await SizeAsync(stack, cancellationToken), QueueCpuSeconds = azurite };
    }

    private static Task<JsonNode?> SeedAsync(RecordsStack stack, int[] numbers, CancellationToken cancellationToken) => stack.Simulator.KlaviyoAsync(
        "profiles",
        new JsonArray([.. numbers.Select(number => new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["email"] = RowWorkload.Email(number), ["lists"] = new JsonArray(List) })]),
        cancellationToken);

    private static async Task<int> SizeAsync(RecordsStack stack, CancellationToken cancellationToken) =>
        (await stack.Simulator.KlaviyoAsync("lists?members=false", body: null, cancellationToken))?.AsArray().Sum(list => list?["size"]?.GetValue<int>() ?? 0) ?? 0;

    private byte[] Body()
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(packed, CompressionLevel.Fastest)))
        {
            foreach (var number in Enumerable.Range(0, members))
            {
                writer.Write($"{{\"email\":\"{RowWorkload.Email(number)}\"}}\n");
            }
        }

        return packed.ToArray();
    }
}
