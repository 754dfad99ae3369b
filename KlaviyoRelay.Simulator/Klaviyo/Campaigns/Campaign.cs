using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Simulator.Klaviyo.Campaigns;

/// <summary>A campaign, whom it goes to, and what has been asked for it so far.</summary>
internal sealed record Campaign(string Id, string Name, string Channel, string Status, DateTimeOffset Created)
{
    public const string Email = "email";
    public const string Sms = "sms";
    public const string Push = "mobile_push";

    public const string Draft = "Draft";
    public const string Scheduled = "Scheduled";
    public const string Cancelled = "Cancelled";

    private const string Sending = "Sending";

    // How long a campaign goes out, and how long Klaviyo takes to schedule one.
    private static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan JobTime = TimeSpan.FromMilliseconds(200);

    /// <summary>The ids of its messages: one, unless it is given others.</summary>
    public IReadOnlyList<string> Messages
    {
        get => field is { Count: > 0 } ? field : [IdOf("message", Id)];
        init;
    } = [];

    public IReadOnlyList<string> Included { get; init; } = [];

    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>When it shall go out; null for at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    public bool IsLocal { get; init; }

    public bool UsesSmartSending { get; init; } = true;

    public string Subject { get; init; } = "";

    public string FromEmail { get; init; } = "";

    /// <summary>The template whose copy the message has; null for none.</summary>
    public string? Template { get; init; }

    /// <summary>When it was sent or scheduled; null when it was not.</summary>
    public DateTimeOffset? SentJob { get; init; }

    /// <summary>How often it was sent or scheduled. More than once is what must not happen.</summary>
    public int Sends { get; init; }

    /// <summary>Whether its send job was stopped.</summary>
    public bool IsJobStopped { get; init; }

    /// <summary>When its recipients were last counted; null when they were not.</summary>
    public DateTimeOffset? Estimated { get; init; }

    /// <summary>Its first message, and of most the only one.</summary>
    public string Message => Messages[0];

    /// <summary>26 letters, as Klaviyo's are.</summary>
    public static string IdOf(string account, string seed) =>
        $"01{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}|campaign|{seed}"))))[..24]}";

    /// <summary>Klaviyo's word, which moves on with the time.</summary>
    public string StatusAt(DateTimeOffset now)
    {
        if (Status != Scheduled || SentJob is not { } sent)
        {
            return Status;
        }

        var start = SendAt is { } at && at > sent ? at : sent;
        return now < start ? Scheduled : now < start + SendingTime ? Sending : "Sent";
    }

    /// <summary>Klaviyo's word for the send job; null when there is none.</summary>
    public string? JobAt(DateTimeOffset now) => SentJob is not { } sent ? null : IsJobStopped ? "cancelled" : now < sent + JobTime ? "processing" : "complete";
}
