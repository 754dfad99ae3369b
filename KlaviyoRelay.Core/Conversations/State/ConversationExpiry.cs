using KlaviyoRelay.Core.Clocks;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>Deletes what the record need not know any more.</summary>
public sealed partial class ConversationExpiry(IConversationStore store, TimeProvider clock, ILogger<ConversationExpiry> logger)
{
    /// <summary>How long a closed conversation is remembered: no event of it comes later than this.</summary>
    public static readonly TimeSpan Closed = TimeSpan.FromDays(30);

    /// <summary>How long an open conversation is remembered without an event.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(90);

    /// <summary>Deletes old rows. A store that is away is asked by the next run.</summary>
    /// <param name="cancellationToken">Ends the run; what was deleted by then stays so.</param>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.WallTime();
            var count = await store.ExpireAsync(now - Closed, now - Open, cancellationToken);
            Log.Expired(logger, count);
        }
        catch (ConversationStoreException exception)
        {
            Log.Failed(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Deleted {Count} old row(s) of the record of conversations.")]
        public static partial void Expired(ILogger logger, int count);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Old rows of the record of conversations were not deleted; the next run tries again. {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
