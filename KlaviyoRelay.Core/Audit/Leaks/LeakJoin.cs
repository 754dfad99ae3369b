namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>Joins conversations with messages, profile by profile, in one pass over events in the order of their times. Pure.</summary>
public sealed class LeakJoin(LeakState state)
{
    private readonly Dictionary<(string? Flow, string? Message, string? Name), LeakCount> _counts = state.Leaks.ToDictionary(KeyOf);

    public void Add(ProfileEvent happened)
    {
        state.Events++;
        switch (happened.Metric.Role)
        {
            case LeakRole.Opened:
                Open(happened);
                break;
            case LeakRole.Closed:
                Close(happened);
                break;
            default:
                Receive(happened);
                break;
        }
    }

    /// <summary>Forgets conversations that no message can count for any more.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (profile, open) in state.Open.ToList())
        {
            open.RemoveAll(one => now - one.Since > CustomerInConversation.Guard);
            if (open.Count == 0)
            {
                state.Open.Remove(profile);
            }
        }
    }

    private void Open(ProfileEvent happened)
    {
        if (!state.Open.TryGetValue(happened.Profile, out var open))
        {
            state.Open[happened.Profile] = open = [];
        }

        if (happened.Conversation is not null)
        {
            open.RemoveAll(one => IsOf(one, happened));
        }

        open.Add(new OpenConversation(happened.Metric.Connection ?? "", happened.Conversation, happened.Time));
        state.Conversations += happened.Time >= state.Since ? 1 : 0;
    }

    private void Close(ProfileEvent happened)
    {
        if (state.Open.TryGetValue(happened.Profile, out var open) && open.FindIndex(one => IsOf(one, happened)) is >= 0 and var at)
        {
            open.RemoveAt(at);
            if (open.Count == 0)
            {
                state.Open.Remove(happened.Profile);
            }
        }
    }

    private void Receive(ProfileEvent happened)
    {
        if (happened.Time < state.Since)
        {
            return;
        }

        state.Messages++;
        // A conversation that is never closed counts as long as the filter would have kept the customer out.
        if (!state.Open.TryGetValue(happened.Profile, out var open) || !open.Exists(one => one.Since < happened.Time && happened.Time - one.Since <= CustomerInConversation.Guard))
        {
            return;
        }

        // A flow's messages are told apart by their ids; their names may change.
        var leak = new LeakCount { Flow = happened.Flow, Message = happened.Message, Name = happened.Name };
        if (!_counts.TryGetValue(KeyOf(leak), out var count))
        {
            state.Leaks.Add(_counts[KeyOf(leak)] = count = leak);
        }

        var day = DateOnly.FromDateTime(happened.Time.UtcDateTime);
        count.Messages++;
        count.Profiles.Add(happened.Profile);
        count.Days[day] = count.Days.GetValueOrDefault(day) + 1;
    }

    private static bool IsOf(OpenConversation open, ProfileEvent happened) => open.Connection == happened.Metric.Connection && open.Id == happened.Conversation;

    private static (string? Flow, string? Message, string? Name) KeyOf(LeakCount leak) => (leak.Flow, leak.Message, leak.Flow is null || leak.Message is null ? leak.Name : null);
}
