namespace KlaviyoRelay.Simulator.Control;

/// <summary>Control input that was understood, or the sentence that says what is wrong with it.</summary>
internal readonly record struct Parsed<T>(T? Value, string? Problem)
    where T : class
{
    public static Parsed<T> Good(T value) => new(value, null);

    public static Parsed<T> Bad(string problem) => new(null, problem);
}
