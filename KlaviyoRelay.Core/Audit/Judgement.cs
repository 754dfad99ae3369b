namespace KlaviyoRelay.Core.Audit;

/// <summary>Whether something can be so, from the least to the most.</summary>
public enum Likelihood
{
    /// <summary>For no customer.</summary>
    Never,

    /// <summary>The relay can't tell.</summary>
    Unclear,

    /// <summary>For some customers.</summary>
    Possible,
}

/// <summary>
/// Whether customers in conversation meet a condition, and whether they fail it. Conditions are taken as independent, so
/// that <see cref="Likelihood.Never"/> is never said in error.
/// </summary>
public readonly record struct Judgement(Likelihood Met, Likelihood Failed)
{
    /// <summary>All of them meet it.</summary>
    public static Judgement Always { get; } = new(Likelihood.Possible, Likelihood.Never);

    /// <summary>None of them meets it.</summary>
    public static Judgement Never { get; } = new(Likelihood.Never, Likelihood.Possible);

    /// <summary>There are such and such: it depends on something else.</summary>
    public static Judgement Either { get; } = new(Likelihood.Possible, Likelihood.Possible);

    public static Judgement Unclear { get; } = new(Likelihood.Unclear, Likelihood.Unclear);

    public Judgement And(Judgement other) => new(Least(Met, other.Met), Most(Failed, other.Failed));

    public Judgement Or(Judgement other) => new(Most(Met, other.Met), Least(Failed, other.Failed));

    public Judgement Not() => new(Failed, Met);

    public static Likelihood Most(Likelihood one, Likelihood other) => one > other ? one : other;

    private static Likelihood Least(Likelihood one, Likelihood other) => one < other ? one : other;
}
