using System.Text.Json;
using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the actions from a batch's binding data; without that, the invocation fails as it does with the package.</summary>
internal sealed class ServiceBusSessionMessageActionsConverter(IConfiguration configuration) : IInputConverter, IDisposable
{
    private readonly GrpcChannel _host = GrpcChannel.ForAddress(configuration["Functions:Worker:HostEndpoint"]
        ?? throw new InvalidOperationException("The worker was started without its host's address (--functions-uri)."));

    public void Dispose() => _host.Dispose();

    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        if (context.TargetType != typeof(ServiceBusSessionMessageActions))
        {
            return ValueTask.FromResult(ConversionResult.Unhandled());
        }

        try
        {
            var data = context.FunctionContext.BindingContext.BindingData;
            return ValueTask.FromResult(ConversionResult.Success(new ServiceBusSessionMessageActions(_host.CreateCallInvoker(), SessionId(data), LockedUntil(data))));
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException or FormatException)
        {
            return ValueTask.FromResult(ConversionResult.Failed(exception));
        }
    }

    // A batch has one session, named once for each message.
    private static string SessionId(IReadOnlyDictionary<string, object?> data)
    {
        var sessions = data.GetValueOrDefault("SessionId") is string one ? [one] : data.GetValueOrDefault("SessionIdArray") as IEnumerable<string> ?? [];
        return sessions.Distinct().ToList() is [var session]
            ? session
            : throw new InvalidOperationException("The binding data has neither SessionId nor a SessionIdArray that names one session.");
    }

    private static DateTimeOffset LockedUntil(IReadOnlyDictionary<string, object?> data)
    {
        using var actions = JsonDocument.Parse(data.GetValueOrDefault("SessionActions") as string ?? "{}");
        return actions.RootElement.TryGetProperty("SessionLockedUntil", out var until)
            ? until.GetDateTimeOffset()
            : throw new InvalidOperationException("The binding data has no SessionActions with SessionLockedUntil.");
    }
}
