using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The switches that make the simulated Klaviyo misbehave.</summary>
internal sealed class FaultActions(SimulatorLink simulator)
{
    public async Task<DashboardAnswer> SwitchAsync(FaultSwitch request, CancellationToken cancellationToken)
    {
        if (SimulatorFault.ByName(request.Name) is not { } fault)
        {
            return DashboardAnswer.Problem(
                StatusCodes.Status400BadRequest, $"'{request.Name}' is no fault: it should be one of {string.Join(", ", SimulatorFault.All.Select(one => one.Name))}.");
        }

        if (await simulator.FindAsync(cancellationToken) is not { } address)
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, "Events do not go to the simulator, or it does not answer: nothing was switched.");
        }

        try
        {
            await simulator.SwitchAsync(address, fault, request.On, cancellationToken);
            return DashboardAnswer.Of(new FaultNames(await simulator.FaultsAsync(cancellationToken)), DashboardJson.Default.FaultNames);
        }
        catch (Exception exception) when (SimulatorClient.IsAway(exception, cancellationToken) || exception is SecretUnavailableException)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, $"It could not be switched: {SimulatorClient.WhyAway(exception)}");
        }
    }
}

internal sealed record FaultSwitch(string? Name, bool On);

internal sealed record FaultNames(IReadOnlyList<string> Faults);
