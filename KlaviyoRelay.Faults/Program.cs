using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Faults;
using KlaviyoRelay.Faults.Processes;

if (args is [SetClockRelay.Command])
{
    await SetClockRelay.RunAsync();
    return ExitCode.Done;
}

return await FaultCommand.RunAsync(args, CommandRun.OfProcess());
