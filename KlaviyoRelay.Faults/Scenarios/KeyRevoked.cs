using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The Klaviyo key is revoked, and replaced while the relay runs; then an operator redrives what was refused.</summary>
internal sealed class KeyRevoked : Scenario
{
    private const string Fresh = "pk_fresh";

    public override string Name => "key-revoked";

    public override string Fault => "key revoked (401), then replaced";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        var (before, after) = (load.Take(run.Size.Conversations / 2), load.Skip(run.Size.Conversations / 2));
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.Simulator.KeyAsync(new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["state"] = "revoked" }, cancellationToken);
        run.Stack.Settings.Remove("Secrets__klaviyoKey");
        await WriteKeyAsync(run, RelaySettings.KlaviyoKey, cancellationToken);
        await run.StartRelayAsync(cancellationToken);

        await run.PostAsync(before, cancellationToken);
        await Eventually.HoldsAsync(
            async () => await run.Queues.CountAsync(QueueNames.ConversationEvents, cancellationToken) == 0,
            run.Size.Patience,
            () => $"{QueueNames.ConversationEvents} did not become empty.",
            cancellationToken);
        await CheckRefusalsAsync(run, before, cancellationToken);

        await WriteKeyAsync(run, Fresh, cancellationToken);
        await WaitForKeyAsync(run, cancellationToken);
        await run.PostAsync(after, cancellationToken);
        await run.Simulator.WaitForEventsAsync(after.Expected.Count, run.Size.Patience, () => "The replaced key was not used.", cancellationToken);

        await Operator.RedriveAsync(run, ["--reason", "unauthorized"], cancellationToken);
        await run.SettleAsync(cancellationToken);
        run.Must(await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken) == 0, $"{QueueNames.DeadLetterRejected} is not empty after the redrive.");
    }

    private static async Task CheckRefusalsAsync(FaultRun run, ConversationLoad load, CancellationToken cancellationToken)
    {
        var refused = (await run.Simulator.CountsAsync(cancellationToken)).Answered("klaviyo", "401");
        // The last line may come a moment after the queue has become empty.
        var batches = 0;
        await Eventually.WithinAsync(
            () => Task.FromResult(refused <= 3 * (batches = run.Stack.Relay.Lines.Count(line => line.Contains("Relayed ", StringComparison.Ordinal)))), Eventually.Patience, cancellationToken);
        run.Measured($"{refused} requests with the dead key in {batches} batches");
        run.Must(refused > 0 && refused <= 3 * batches, $"{refused} requests with the dead key in {batches} batches.");

        var letters = await run.Queues.ReadAsync(QueueNames.DeadLetterRejected, cancellationToken);
        run.Must(letters.All(letter => letter.Reason == "unauthorized"), "A letter has another reason than unauthorized.");
        // A letter may be there twice: a message whose lock ran out is relayed again.
        var emails = letters.SelectMany(letter => letter.Emails ?? []).ToHashSet();
        run.Must(
            emails.SetEquals(load.Expected.Select(one => one.Email)),
            $"{QueueNames.DeadLetterRejected} held {emails.Count} of {load.Expected.Count} emails.");
    }

    /// <summary>Waits until the relay uses the key: it looks at the file again a moment after it has changed.</summary>
    private static Task WaitForKeyAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var said = "";
        return Eventually.HoldsAsync(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                using var check = await run.Stack.Webhooks.GetAsync("api/connections/gladly/check", cancellationToken);
                said = await check.Content.ReadAsStringAsync(cancellationToken);
                return check.StatusCode == HttpStatusCode.OK;
            },
            run.Size.Patience,
            () => $"The replaced key was not used: {said}",
            cancellationToken);
    }

    private static Task WriteKeyAsync(FaultRun run, string key, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        Path.Combine(run.Stack.Folder, "local.settings.json"),
        new JsonObject { ["Values"] = new JsonObject { ["Secrets__klaviyoKey"] = key } }.ToJsonString(),
        cancellationToken);
}
