using System.CommandLine;
using KlaviyoRelay.Core.Audit;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>The option that names an account; where a connection feeds one only, it may be left out.</summary>
internal sealed class AccountOption(TextWriter error)
{
    public Option<string?> Option { get; } = new("--account") { Description = "The Klaviyo account, as the settings name it; not needed where there is one.", HelpName = "account" };

    /// <summary>Null, once it is said what is wrong.</summary>
    public async Task<string?> FindAsync(ParseResult parsed, AccountAudit audit)
    {
        var given = parsed.GetValue(Option);
        if ((given ?? (audit.Accounts is [var only] ? only : null)) is { } name && audit.Accounts.Contains(name, StringComparer.Ordinal))
        {
            return name;
        }

        await error.WriteLineAsync($"--account is {(given is null ? "missing" : $"'{given}'")}: it should be an account that a connection feeds, one of {string.Join(", ", audit.Accounts)}.");
        return null;
    }
}
