using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

// The vendor's, so that the function classes compile unchanged with the vendor's package and without it.
namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Stands in for the attribute of Microsoft.Azure.Functions.Worker.Extensions.ServiceBus 5.24, as far as the relay uses
/// it: what it says about a function is the same. Compiled unless <c>ServiceBusExtension</c> is <c>package</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute, ISupportCardinality
{
    public string QueueName { get; } = queueName;

    public string? Connection { get; set; }

    public bool IsSessionsEnabled { get; set; }

    public bool IsBatched { get; set; }

    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value == Cardinality.Many;
    }
}
