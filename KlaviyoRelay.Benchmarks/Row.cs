namespace KlaviyoRelay.Benchmarks;

/// <summary>One row of the table: what is measured, and how.</summary>
internal abstract class Row
{
    public const int Usual = 3;

    public abstract string Name { get; }

    /// <summary>What is measured, in a few words.</summary>
    public abstract string What { get; }

    /// <summary>How often it is run; the rows take turns.</summary>
    public virtual int Repetitions => Usual;

    /// <summary>Whether it takes so long that only <c>--full</c>, or its name, has it run.</summary>
    public virtual bool NeedsFull => false;

    public abstract Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken);
}
