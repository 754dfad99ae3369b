namespace KlaviyoRelay.Core.Records.Storage;

/// <summary>Where the records of a run are. Names sort in the order of their numbers.</summary>
/// <param name="Sync">The sync's name.</param>
/// <param name="Run">The run's id.</param>
public sealed record RecordNames(string Sync, string Run)
{
    /// <summary>What stands before the marks of runs that have not ended.</summary>
    public const string Open = "open/";

    private const string Runs = "runs/";
    private const string StateName = "run.json";

    /// <summary>What stands before the names of a sync's runs.</summary>
    public static string RunsOf(string sync) => $"{Runs}{sync}/";

    /// <summary>The run whose state has this name; null for another name.</summary>
    public static RecordNames? ParseState(string name) =>
        name.Split('/') is [_, var sync, var run, StateName] ? new RecordNames(sync, run) : null;

    /// <summary>The name of a body while its run's id is not known.</summary>
    public static string Incoming(string sync, Guid id) => $"incoming/{sync}/{id:N}";

    /// <summary>The run that a mark is of, with its account; null for another name.</summary>
    public static (string Account, RecordNames Names)? Parse(string openMark) =>
        openMark.Split('/') is [_, var account, var sync, var run, _] ? (account, new RecordNames(sync, run)) : null;

    /// <summary>
    /// Is there as long as the run has not ended with this part, so that open runs are found. Each part has a mark of its
    /// own: the end of the run without a part that just comes does not delete that part's mark.
    /// </summary>
    public string OpenMark(string account, int part) => FormattableString.Invariant($"{OpenMarks(account)}{part:D6}");

    /// <summary>What stands before the marks of the run.</summary>
    public string OpenMarks(string account) => $"{Open}{account}/{Sync}/{Run}/";

    /// <summary>What stands before every name of the run.</summary>
    public string Prefix => $"{RunsOf(Sync)}{Run}/";

    /// <summary>The state of the run.</summary>
    public string State => $"{Prefix}{StateName}";

    /// <summary>The results, for people and for programs.</summary>
    public string CsvResult => $"{Prefix}result.csv";

    /// <inheritdoc cref="CsvResult"/>
    public string JsonResult => $"{Prefix}result.json";

    public string Body(int number) => Numbered("bodies", number, "");

    public string BodyState(int number) => Numbered("bodies", number, ".json");

    /// <summary>The number of a part's first chunk: each part has a million numbers of its own, more than a body has chunks.</summary>
    public static int FirstChunk(int part) => ((part - 1) * 1_000_000) + 1;

    public string Chunk(int number) => Numbered("chunks", number, ".json");

    public string ChunkMap(int number) => Numbered("chunks", number, ".map.json");

    public string ChunkState(int number) => Numbered("chunks", number, ".state.json");

    private string Numbered(string folder, int number, string end) => FormattableString.Invariant($"{Prefix}{folder}/{number:D10}{end}");
}
