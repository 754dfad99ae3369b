using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Profiles;

using FoundProfile = KlaviyoRelay.Core.Klaviyo.KlaviyoResource<KlaviyoRelay.Core.Klaviyo.Profiles.ConsentedProfileAttributes>;

namespace KlaviyoRelay.Core.Insights;

/// <summary>
/// Finds the profiles of customers. The customers of several cards that are opened together are found with one request, because the cards'
/// share of this limit is small and Klaviyo takes up to 100 emails at once.
/// </summary>
public sealed class ProfileSearch(ProfileGroupClient profiles, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Gathering> _gatherings = new(StringComparer.Ordinal);

    /// <summary>The profiles of one customer's emails.</summary>
    public Task<Result<IReadOnlyList<FoundProfile>>> FindAsync(KlaviyoAccount account, IReadOnlyList<string> emails, BatchBudget budget) =>
        _gatherings.GetOrAdd(account.Name, _ => new Gathering(account, profiles, clock)).FindAsync(emails, budget);

    /// <summary>The customers of an account who wait for the next request.</summary>
    private sealed class Gathering(KlaviyoAccount account, ProfileGroupClient profiles, TimeProvider clock)
    {
        private readonly Lock _lock = new();
        private readonly List<Question> _waiting = [];
        private readonly Uptime _uptime = new(clock);
        private readonly RateLimiter _limiter = account.Limiter(KlaviyoEndpoint.FindProfiles, Lane.Insights);
        private TimeSpan _next;
        private bool _isRunning;

        private TimeSpan Wait
        {
            get
            {
                lock (_lock)
                {
                    return _next - _uptime.Now;
                }
            }
        }

        public Task<Result<IReadOnlyList<FoundProfile>>> FindAsync(IReadOnlyList<string> emails, BatchBudget budget)
        {
            var question = new Question(emails, budget);
            bool isFirst;
            lock (_lock)
            {
                if (Wait is var wait && wait > budget.Left)
                {
                    return Task.FromResult(Result.Failed<IReadOnlyList<FoundProfile>>(
                        new DeliveryFailure(DeadLetterReason.Throttled, "The cards' share of Klaviyo's limit for profiles is used up.", wait)));
                }

                _waiting.Add(question);
                isFirst = !_isRunning;
                _isRunning = true;
            }

            if (isFirst)
            {
                _ = AskAsync();
            }

            return question.Answer;
        }

        private async Task AskAsync()
        {
            while (true)
            {
                if (Wait is var wait && wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, CancellationToken.None);
                }

                var questions = Take();
                if (questions.Count == 0)
                {
                    return;
                }

                await AnswerAsync(questions);
                lock (_lock)
                {
                    _next = _uptime.Now + Gap();
                }
            }
        }

        private List<Question> Take()
        {
            lock (_lock)
            {
                var taken = new List<Question>();
                var emails = 0;
                foreach (var question in _waiting)
                {
                    emails += question.Emails.Count;
                    if (taken.Count > 0 && emails > IdentifierFilter.MaxValues)
                    {
                        break;
                    }

                    taken.Add(question);
                }

                _waiting.RemoveRange(0, taken.Count);
                _isRunning = taken.Count > 0;
                return taken;
            }
        }

        private async Task AnswerAsync(List<Question> questions)
        {
            try
            {
                var budget = new BatchBudget(clock, questions.Max(question => question.Budget.Left));
                var found = await profiles.FindAsync(account, questions.SelectMany(question => question.Emails).Distinct(StringComparer.OrdinalIgnoreCase), budget, CancellationToken.None);
                questions.ForEach(question => question.Answered(found));
            }
            catch (Exception exception)
            {
                questions.ForEach(question => question.Failed(exception));
            }
        }

        /// <summary>Half of a minute's requests go at once. The others are spread over the minute, so that none who comes late finds none left.</summary>
        private TimeSpan Gap()
        {
            var minute = _limiter.Use(account.Name, "profiles").Windows[^1];
            return minute.Used * 2 < minute.Limit ? TimeSpan.Zero : minute.Length * 2 / minute.Limit;
        }
    }

    /// <summary>One customer's emails, and who waits for their profiles.</summary>
    private sealed class Question(IReadOnlyList<string> emails, BatchBudget budget)
    {
        private readonly TaskCompletionSource<Result<IReadOnlyList<FoundProfile>>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<string> Emails => emails;

        public BatchBudget Budget => budget;

        public Task<Result<IReadOnlyList<FoundProfile>>> Answer => _answer.Task;

        public void Answered(Result<IReadOnlyList<FoundProfile>> found) => _answer.TrySetResult(found.IsSuccess
            ? Result.Of<IReadOnlyList<FoundProfile>>([.. found.Value.Where(profile => emails.Contains(profile.Attributes?.Email, StringComparer.OrdinalIgnoreCase))])
            : found);

        public void Failed(Exception exception) => _answer.TrySetException(exception);
    }
}
