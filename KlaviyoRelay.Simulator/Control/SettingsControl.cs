using System.Text.Json;
using KlaviyoRelay.Simulator.Control.Inputs;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Imports;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>The part of the control API that shows and changes the settings.</summary>
internal sealed class SettingsControl(SimulatorSettings settings)
{
    public Answer Change(ReadOnlyMemory<byte> body)
    {
        var (input, problem) = ControlInput.Read(body, ControlJsonContext.Default.SettingsInput);
        problem ??= input is { KustomerLimit: < 0 } ? "'kustomerLimit' must be a number of requests a minute, 0 for no limit." : null;
        problem ??= ImportSettingsRules.Problem(input?.Imports);
        if (problem is not null || input is null)
        {
            return ControlAnswer.Error(400, problem);
        }

        var before = settings.Current;
        settings.Set(new SimulatorSettings.Values(
            input.Limits ?? before.Limits,
            input.GladlyLimit ?? before.GladlyLimit,
            input.KustomerLimit ?? before.KustomerLimit,
            input.DropReservedAddresses ?? before.DropReservedAddresses)
        {
            Imports = ImportSettingsRules.Change(before.Imports, input.Imports),
            Estimates = input.Estimates ?? before.Estimates,
        });
        return Answer();
    }

    public Answer Answer() => JsonBytes.Answer(200, json =>
    {
        var current = settings.Current;
        json.WriteStartObject();
        json.WriteBoolean("limits", current.Limits);
        json.WriteBoolean("gladlyLimit", current.GladlyLimit);
        json.WriteNumber("kustomerLimit", current.KustomerLimit);
        json.WriteBoolean("dropReservedAddresses", current.DropReservedAddresses);
        WriteImports(json, current.Imports);
        json.WriteBoolean("estimates", current.Estimates);
        json.WriteEndObject();
    });

    private static void WriteImports(Utf8JsonWriter json, ImportSettings imports)
    {
        json.WriteStartObject("imports");
        json.WriteNumber("queuedMs", imports.QueuedMs);
        json.WriteNumber("profilesPerSecond", imports.ProfilesPerSecond);
        json.WriteString("outcome", imports.Outcome);
        json.WriteString("failing", imports.Failing);
        json.WriteStartArray("phoneRegions");
        foreach (var region in imports.PhoneRegions)
        {
            json.WriteStringValue(region);
        }

        json.WriteEndArray();
        json.WriteString("badPhones", ImportSettingsRules.BadPhones(imports));
        json.WriteNumber("mostErrors", imports.MostErrors);
        json.WriteString("originalPayload", ImportSettingsRules.OriginalPayload(imports));
        json.WriteString("keep", ImportSettingsRules.Keep(imports));
        json.WriteEndObject();
    }
}
