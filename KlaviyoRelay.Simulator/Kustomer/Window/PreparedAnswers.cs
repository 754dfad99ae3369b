namespace KlaviyoRelay.Simulator.Kustomer.Window;

/// <summary>What a command is answered with instead of the relay's answer.</summary>
/// <param name="Status">The HTTP status that the relay would have answered with.</param>
/// <param name="Body">The JSON of its answer.</param>
/// <param name="Fails">Whether Kustomer tells the card of an error. What it does with an answer that is no success, it does not document.</param>
/// <param name="Held">Whether it waits until all that is held is released.</param>
internal sealed record PreparedAnswer(int Status, ReadOnlyMemory<byte> Body, bool Fails, bool Held);

/// <summary>Answers for states of the card that are hard to reach. They stay until a reset.</summary>
internal sealed class PreparedAnswers
{
    // Of every customer that has no answer of their own.
    private const string Everybody = "";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PreparedAnswer> _answers = new(StringComparer.Ordinal);
    private TaskCompletionSource _release = NewRelease();

    public void Put(string? customer, PreparedAnswer answer)
    {
        lock (_gate)
        {
            _answers[customer ?? Everybody] = answer;
        }
    }

    /// <summary>The customer's answer once it is released; null when none is prepared.</summary>
    public async Task<PreparedAnswer?> FindAsync(string customer, CancellationToken cancellationToken)
    {
        PreparedAnswer? answer;
        Task released;
        lock (_gate)
        {
            answer = _answers.GetValueOrDefault(customer) ?? _answers.GetValueOrDefault(Everybody);
            released = _release.Task;
        }

        if (answer is { Held: true })
        {
            await released.WaitAsync(cancellationToken);
        }

        return answer;
    }

    /// <summary>Lets go of what is held now.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _release.SetResult();
            _release = NewRelease();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _answers.Clear();
        }

        Release();
    }

    private static TaskCompletionSource NewRelease() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
