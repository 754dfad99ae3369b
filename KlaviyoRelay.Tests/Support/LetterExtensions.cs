using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Support;

/// <summary>What a conversation's letter is about.</summary>
internal static class LetterExtensions
{
    extension(DeadLetter letter)
    {
        public ConversationEvent Event => letter.Message.Event;

        public IReadOnlyList<string>? Emails => letter.Message.Emails;
    }
}
