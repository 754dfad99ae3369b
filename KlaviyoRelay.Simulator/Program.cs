using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Simulator;

return await SimulatorCommand.RunAsync(args, CommandRun.OfProcess());
