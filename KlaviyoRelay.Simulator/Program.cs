using KlaviyoRelay.Simulator;

try
{
    return args switch
    {
        [] or ["serve", ..] or ["--urls", ..] => await ServeCommand.RunAsync(args is ["serve", ..] ? args[1..] : args, Console.Out),
        _ => throw new SimulatorSetupException("Usage: KlaviyoRelay.Simulator [serve [--urls ADDRESS] | demo [--relay ADDRESS] [--simulator ADDRESS]]"),
    };
}
catch (SimulatorSetupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
