using KlaviyoRelay.Benchmarks;
using KlaviyoRelay.CommandLine;

return await BenchCommand.RunAsync(args, CommandRun.OfProcess());
