namespace KlaviyoRelay.CommandLine;

/// <summary>How a program ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
}
