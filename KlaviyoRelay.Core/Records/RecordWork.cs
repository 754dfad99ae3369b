using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records;

/// <summary>The work that rows are. Its message is small: the store of records holds the rows.</summary>
/// <param name="Claim">What is to do.</param>
public sealed record RecordWork(RecordClaim Claim) : WorkPayload
{
    /// <inheritdoc/>
    public override WorkKind Kind => Claim.Chunk is null ? RecordKind.Reading : RecordKind.Sending;

    /// <inheritdoc/>
    public override string Id => UniqueId.Of(Kind.Name, Claim.Sync, Claim.Run, $"{Claim.Part}", $"{Claim.Chunk}");

    /// <inheritdoc/>
    public override string Account => Claim.Account;

    /// <inheritdoc/>
    public override string Connection => Claim.Sync;

    /// <inheritdoc/>
    public override DateTimeOffset OccurredAt => Claim.AcceptedAt;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => [];

    /// <inheritdoc/>
    public override int Count => Math.Max(1, Claim.Rows);

    /// <summary>The message for its queue.</summary>
    public static QueueMessage ToQueueMessage(RecordClaim claim) => MessageWriter.ToQueueMessage(RelayMessage.Fresh(new RecordWork(claim), claim.AcceptedAt));
}

/// <summary>A part of a run.</summary>
/// <param name="Sync">The sync's name.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Account">The Klaviyo account.</param>
/// <param name="AcceptedAt">When the run's rows were accepted.</param>
/// <param name="Chunk">The number of the chunk to send; null: the rows are to be read.</param>
/// <param name="Rows">How many rows the chunk has.</param>
/// <param name="Part">The number of the body that they are of.</param>
public sealed record RecordClaim(string Sync, string Run, string Account, DateTimeOffset AcceptedAt, int? Chunk = null, int Rows = 0, int Part = 1);

/// <summary>Reads and writes <see cref="RecordWork"/>: <c>records-read</c> makes chunks of a run's rows, <c>records-send</c> sends one.</summary>
public sealed class RecordKind : WorkKind
{
    private RecordKind(string name)
        : base(name, QueueNames.Records)
    {
    }

    /// <summary>Rows are to be read.</summary>
    public static RecordKind Reading { get; } = new("records-read");

    /// <summary>A chunk is to be sent.</summary>
    public static RecordKind Sending { get; } = new("records-send");

    /// <inheritdoc/>
    public override WorkPayload? Read(JsonElement payload) =>
        payload.Deserialize(RecordJsonContext.Default.RecordClaim) is { Sync.Length: > 0, Run.Length: > 0, Account.Length: > 0 } claim && claim.Chunk is null == (this == Reading)
            ? new RecordWork(claim)
            : null;

    /// <inheritdoc/>
    public override JsonElement Write(WorkPayload payload) => JsonSerializer.SerializeToElement(((RecordWork)payload).Claim, RecordJsonContext.Default.RecordClaim);
}
