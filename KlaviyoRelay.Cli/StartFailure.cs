using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace KlaviyoRelay.Cli;

/// <summary>What a person has to be told when the relay can't start; null when it is a bug.</summary>
internal static class StartFailure
{
    private const string Elsewhere = "set ASPNETCORE_URLS to another address, such as http://127.0.0.1:7072.";

    public static IEnumerable<string>? Of(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } => [$"{exception.Message} Stop what listens there, or {Elsewhere}"],
        SocketException => [$"The relay can't listen at its address: {exception.Message}. It has to be one of this machine, at a port that you may use: {Elsewhere}"],
        FormatException => [$"{exception.Message}. It is no address to listen at: {Elsewhere}"],
        _ => RelayCommands.WrongSettings(exception),
    };
}
