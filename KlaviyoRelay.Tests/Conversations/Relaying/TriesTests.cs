using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class TriesTests
{
    private static readonly HttpTry Unanswered = new HttpTry.Ended(Status: null, "Cut.", TimeSpan.FromSeconds(1));
    private static readonly HttpTry Answered = new HttpTry.Ended(202, "", TimeSpan.FromSeconds(1));

    [Fact]
    public void Request_may_come_late_as_soon_as_one_of_its_tries_got_no_answer()
    {
        var told = new List<HttpTry>();
        var tries = new Tries(told.Add);

        tries.Note(Answered);
        tries.MayComeLate.ShouldBeFalse();
        tries.Note(Unanswered);
        tries.MayComeLate.ShouldBeTrue();
        tries.Note(Unanswered);
        tries.Note(Answered);

        tries.MayComeLate.ShouldBeTrue();
        told.ShouldBe([Answered, Unanswered, Unanswered, Answered]);
    }
}
