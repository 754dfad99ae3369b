using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>What became of an update of the record.</summary>
public abstract record RecordUpdate<T>
{
    private RecordUpdate()
    {
    }

    /// <summary>It is written.</summary>
    /// <param name="Result">What the update found out.</param>
    public sealed record Done(T Result) : RecordUpdate<T>;

    /// <summary>The store was never set up.</summary>
    public sealed record NotProvisioned : RecordUpdate<T>;

    /// <summary>The store is away.</summary>
    public sealed record Failed(DeliveryFailure Failure) : RecordUpdate<T>;
}
