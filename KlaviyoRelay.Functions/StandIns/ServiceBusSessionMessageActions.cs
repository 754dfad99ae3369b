using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Stands in for the class of Microsoft.Azure.Functions.Worker.Extensions.ServiceBus 5.24, as far as the relay uses it:
/// it needs the same binding data, and releases the session by the same call to the Functions host.
/// </summary>
[InputConverter(typeof(ServiceBusSessionMessageActionsConverter))]
public class ServiceBusSessionMessageActions
{
    // A StringValue is written as ReleaseSessionRequest { string sessionId = 1 } is.
    private static readonly Method<StringValue, Empty> Release = new(
        MethodType.Unary,
        "Settlement",
        "ReleaseSession",
        Marshallers.Create(MessageExtensions.ToByteArray, StringValue.Parser.ParseFrom),
        Marshallers.Create(MessageExtensions.ToByteArray, Empty.Parser.ParseFrom));

    private readonly CallInvoker? _host;
    private readonly string _sessionId = "";

    internal ServiceBusSessionMessageActions(CallInvoker host, string sessionId, DateTimeOffset sessionLockedUntil)
    {
        _host = host;
        _sessionId = sessionId;
        SessionLockedUntil = sessionLockedUntil;
    }

    /// <summary>For a host without gRPC, and for tests.</summary>
    protected ServiceBusSessionMessageActions()
    {
    }

    public virtual DateTimeOffset SessionLockedUntil { get; }

    /// <summary>Lets another session, or another instance, have its turn once the batch is settled.</summary>
    public virtual async Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        var host = _host ?? throw new InvalidOperationException("These actions need a host; without one their methods have to be overridden.");
        await host.AsyncUnaryCall(Release, host: null, new CallOptions(cancellationToken: cancellationToken), new StringValue { Value = _sessionId });
    }
}
