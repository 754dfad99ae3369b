namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record SettingsInput
{
    public bool? Limits { get; init; }

    public bool? GladlyLimit { get; init; }

    public int? KustomerLimit { get; init; }

    public bool? DropReservedAddresses { get; init; }

    public bool? Estimates { get; init; }

    public ImportSettingsInput? Imports { get; init; }
}
