using System.Diagnostics.CodeAnalysis;

namespace KlaviyoRelay.Core.Clocks;

/// <summary>The only place where the relay leaves something to chance. A host that plays time puts one of its own in its place.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "This is the seam.")]
public class Chance
{
    /// <summary>At least 0, and less than 1.</summary>
    public virtual double Next() => Random.Shared.NextDouble();
}
