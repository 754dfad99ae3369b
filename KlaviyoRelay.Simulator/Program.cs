using KlaviyoRelay.Simulator;
using KlaviyoRelay.Simulator.Demo;

try
{
    return args switch
    {
        [] or ["--urls", ..] => await ServeCommand.RunAsync(args, Console.Out),
        ["serve", .. var rest] => await ServeCommand.RunAsync(rest, Console.Out),
        ["demo", .. var rest] => await DemoCommand.RunAsync(rest, CancellationToken.None),
        _ => throw new SimulatorSetupException(
            "Usage: KlaviyoRelay.Simulator [serve [--urls ADDRESS] | demo [--relay ADDRESS] [--simulator ADDRESS]]"),
    };
}
catch (SimulatorSetupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
