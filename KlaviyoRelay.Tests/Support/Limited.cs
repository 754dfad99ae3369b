using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A limit for what has none of its own, such as a call of Playwright's: a test that hangs fails then, and says where.</summary>
internal static class Limited
{
    public static Task InTimeAsync(this Task task) => task.WaitAsync(Eventually.Patience);

    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Eventually.Patience);

    public static Task<T> InTimeAsync<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Eventually.Patience);
}
