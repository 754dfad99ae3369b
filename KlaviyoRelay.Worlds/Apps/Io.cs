namespace KlaviyoRelay.Worlds.Apps;

/// <summary>
/// What one instance asks of others: a way there, what is done there, and a way back. An instance that is killed before it
/// asks has asked nothing; one that is killed later never learns what was done.
/// </summary>
internal sealed class Io(World world, Instance instance)
{
    public Task<T> DoAsync<T>(string what, TimeSpan there, TimeSpan back, Func<T> effect, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var answer = new TaskCompletionSource<T>();
        if (instance.DiesNow(isBefore: true))
        {
            return answer.Task;
        }

        var registration = cancellationToken.UnsafeRegister(_ => answer.TrySetCanceled(cancellationToken), null);
        world.Timeline.After(there, () =>
        {
            if (instance.IsAlive)
            {
                world.Story.Tell($"{instance.Name} {what}");
            }

            var (result, failure) = Try(effect);
            if (!instance.DiesNow(isBefore: false))
            {
                world.Timeline.After(back, () => Return(answer, result, failure, registration));
            }
        });
        return answer.Task;
    }

    private void Return<T>(TaskCompletionSource<T> answer, T? result, Exception? failure, CancellationTokenRegistration registration)
    {
        registration.Dispose();
        if (!instance.IsAlive)
        {
            return;
        }

        if (failure is null)
        {
            answer.TrySetResult(result!);
        }
        else
        {
            answer.TrySetException(failure);
        }
    }

#pragma warning disable CA1031 // It is given to who asked.
    private static (T? Result, Exception? Failure) Try<T>(Func<T> effect)
    {
        try
        {
            return (effect(), null);
        }
        catch (Exception exception)
        {
            return (default, exception);
        }
    }
#pragma warning restore CA1031
}
