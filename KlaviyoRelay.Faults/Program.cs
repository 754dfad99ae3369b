using KlaviyoRelay.Cli;
using KlaviyoRelay.Faults;

return await FaultCommand.RunAsync(args, CommandRun.OfProcess());
