using System.CommandLine;
using System.CommandLine.Parsing;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The arguments and options that the verbs of <c>sync</c> share.</summary>
internal static class SyncArguments
{
    public static Argument<string> Name() => new("sync") { Description = "A sync of the settings; `sync list` names them." };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON." };

    public static Option<string?> Run(string description) => new("--run") { Description = description, HelpName = "run" };

    public static Option<RowsFile> Rows() => new("--file")
    {
        Description = $"The rows: {RowsFile.Endings}.",
        HelpName = "path",
        Required = true,
        CustomParser = Rows,
    };

    public static Option<Uri> Relay() => new("--relay")
    {
        Description = "Where the relay listens.",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri(RelayApp.DefaultUrl),
        CustomParser = Address,
    };

    private static RowsFile? Rows(ArgumentResult text)
    {
        var path = text.Tokens[0].Value;
        if (!File.Exists(path))
        {
            text.AddError($"--file is '{path}': there is no such file. A path that is not whole begins in {Directory.GetCurrentDirectory()}.");
            return null;
        }

        if (RowsFile.Of(path) is not { } file)
        {
            text.AddError($"--file is '{path}': its name should end with {RowsFile.Endings}.");
            return null;
        }

        return file;
    }

    private static Uri? Address(ArgumentResult text)
    {
        if (Uri.TryCreate(text.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
        }

        text.AddError($"--relay is '{text.Tokens[0].Value}': it should be an address such as {RelayApp.DefaultUrl}.");
        return null;
    }
}
