using System.CommandLine;
using System.CommandLine.Parsing;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

internal sealed class LetterOptions
{
    private readonly IReadOnlyList<string> _queues;
    private readonly Option<IReadOnlySet<string>> _reason = Of(
        "--reason",
        "reason,...",
        $"Only letters with this reason, or some of: {string.Join(", ", DeadLetterReasons.Names)}; with --namespace also {string.Join(", ", PutAwayMessage.Reasons)}.",
        Reasons);

    private readonly Option<string?> _connection = Of<string?>("--connection", "name", "Only letters of this connection.");
    private readonly Option<string?> _account = Of<string?>("--account", "name", "Only letters of this Klaviyo account.");
    private readonly Option<IReadOnlyList<string>> _id = Of<IReadOnlyList<string>>("--id", "id,...", "Only letters of the event whose id is or begins so, or of some of them.", Ids);
    private readonly Option<DateTimeOffset?> _since;
    private readonly Option<DateTimeOffset?> _until;
    private readonly Option<int?> _max;
    private readonly Option<string?> _queue;
    private readonly Option<bool> _emails = Of<bool>("--emails", null, "Show emails in full; they are masked otherwise.");
    private readonly Option<bool> _json = Of<bool>("--json", null, "Write the result as JSON.");

    /// <param name="clock">What an age such as <c>2h</c> is counted from.</param>
    /// <param name="defaultMax">How many letters without <c>--max</c>; null for all.</param>
    /// <param name="queues">The queues that the verb is for, by the names that operators give them.</param>
    public LetterOptions(TimeProvider clock, int? defaultMax, params string[] queues)
    {
        _queues = queues;
        _since = Of("--since", "time", $"Only letters that failed last at this time or after it: {GivenTime.Forms}.", result => Time(result, "--since", clock));
        _until = Of("--until", "time", $"Only letters that failed last at this time or before it: {GivenTime.Forms}.", result => Time(result, "--until", clock));
        _max = Of("--max", "number", $"Not more than so many letters, the oldest first.{(defaultMax is null ? " Without it, all." : "")}", Number);
        _max.DefaultValueFactory = _ => defaultMax;
        _queue = Of("--queue", "queue", $"Only letters of this queue: {QueueForms}.", Queue);
    }

    /// <summary>Where the letters are, when not on queue storage.</summary>
    public Option<string?> Namespace { get; } = Of("--namespace", "host", $"The letters of a relay on Azure, with your own sign-in: {ServiceBusNamespace.Form}.", Host);

    private string QueueForms => $"{string.Join(" or ", Queues(host: null))}{(_queues.Any(DeadLetterQueues.IsPutAwayName) ? $"; with --namespace also {string.Join(", ", DeadLetterQueues.PutAway)}" : "")}";

    public bool ShowEmails(ParseResult parsed) => parsed.GetValue(_emails);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>What to say when a name is of no connection or account in the settings: it would match no letter, and a typing error would look like an empty queue.</summary>
    public string? UnknownName(ParseResult parsed, IConfiguration settings) =>
        Unknown(_connection, parsed.GetValue(_connection), settings.GetSection("Relay:Connections"))
        ?? Unknown(_account, parsed.GetValue(_account), settings.GetSection("Relay:Accounts"));

    public DeadLetterFilter Filter(ParseResult parsed) => new()
    {
        Queues = [.. (parsed.GetValue(_queue) is { } queue ? [queue] : Queues(parsed.GetValue(Namespace))).Select(DeadLetterQueues.OfName)],
        Reasons = parsed.GetValue(_reason) ?? new HashSet<string>(),
        Connection = parsed.GetValue(_connection),
        Account = parsed.GetValue(_account),
        IdPrefixes = parsed.GetValue(_id) ?? [],
        Since = parsed.GetValue(_since),
        Until = parsed.GetValue(_until),
        Max = parsed.GetValue(_max),
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _id, _reason, _connection, _account, _since, _until, _max, _queue, Namespace, _emails, _json })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            // By its word: a value that is wrong can't be got.
            if (result.GetResult(Namespace) is null
                && result.GetResult(_queue) is { Tokens: [{ Value: var queue }] }
                && _queues.Contains(queue)
                && DeadLetterQueues.IsPutAwayName(queue))
            {
                result.AddError($"--queue is '{queue}': only a relay on Azure has it, so add --namespace.");
            }
        });
    }

    /// <summary>Those there are: only Service Bus puts messages away.</summary>
    private IEnumerable<string> Queues(string? host) => _queues.Where(name => host is not null || !DeadLetterQueues.IsPutAwayName(name));

    private static Option<T> Of<T>(string name, string? form, string description, Func<ArgumentResult, T>? parse = null) =>
        new(name) { Description = description, HelpName = form, CustomParser = parse };

    private static DateTimeOffset? Time(ArgumentResult result, string name, TimeProvider clock)
    {
        var text = result.Tokens[0].Value;
        var time = GivenTime.Parse(text, clock.GetUtcNow());
        if (time is null)
        {
            result.AddError($"{name} is '{text}': it should be {GivenTime.Forms}.");
        }

        return time;
    }

    private static string[] Ids(ArgumentResult result)
    {
        string[] ids = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))];
        if (ids.Contains(""))
        {
            // An empty beginning is every id's.
            result.AddError("--id is empty: it should be an event's id or its beginning, several separated by commas.");
        }

        return ids;
    }

    private static string? Unknown(Option option, string? name, IConfigurationSection configured)
    {
        var known = configured.GetChildren().Select(child => child.Key).ToList();
        return name is null || known.Count == 0 || known.Contains(name)
            ? null
            : $"{option.Name} is '{name}': it should be one of {string.Join(", ", known)}.";
    }

    private static IReadOnlySet<string> Reasons(ArgumentResult result)
    {
        var names = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)).ToList();
        foreach (var wrong in names.Where(name => DeadLetterReasons.Parse(name) is null && !PutAwayMessage.Reasons.Contains(name)))
        {
            result.AddError($"--reason is '{wrong}': it should be some of {string.Join(", ", DeadLetterReasons.Names.Concat(PutAwayMessage.Reasons))}, separated by commas.");
        }

        return names.ToHashSet(StringComparer.Ordinal);
    }

    private static string? Host(ArgumentResult result)
    {
        var host = result.Tokens[0].Value;
        if (!ServiceBusNamespace.IsHost(host))
        {
            // Without the value: it may be a connection string, with a key.
            result.AddError($"--namespace is wrong: it should be {ServiceBusNamespace.Form}.");
        }

        return host;
    }

    private static int? Number(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, out var number) && number > 0)
        {
            return number;
        }

        result.AddError($"--max is '{result.Tokens[0].Value}': it should be a number from 1.");
        return null;
    }

    private string? Queue(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        if (!_queues.Contains(name))
        {
            result.AddError($"--queue is '{name}': it should be {QueueForms}.");
        }

        return name;
    }
}
