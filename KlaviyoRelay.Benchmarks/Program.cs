using KlaviyoRelay.Benchmarks;
using KlaviyoRelay.Cli;

return await BenchCommand.RunAsync(args, CommandRun.OfProcess());
