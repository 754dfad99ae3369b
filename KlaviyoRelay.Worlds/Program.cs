using KlaviyoRelay.CommandLine;
using KlaviyoRelay.Worlds;

return await WorldsCommand.RunAsync(args, CommandRun.OfProcess());
