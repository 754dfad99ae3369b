namespace KlaviyoRelay.Tests.Secrets;

/// <summary>An answer that waits for the test.</summary>
internal sealed class HeldAnswer
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the request has come.</summary>
    public Task Asked => _asked.Task;

    public void Release() => _released.SetResult();

    public Task WaitAsync()
    {
        _asked.TrySetResult();
        return _released.Task;
    }
}
