using KlaviyoRelay.Cli;
using KlaviyoRelay.Simulator;

return await SimulatorCommand.RunAsync(args, CommandRun.OfProcess());
