using CsCheck;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Delivery;

namespace KlaviyoRelay.Tests.Records.Delivery;

public sealed class JobPlannerTests
{
    [Fact]
    public void Row_that_is_named_is_rejected_with_its_column_and_the_rest_sent_again()
    {
        var planner = Planner(5);

        planner.Refused([Error(Pointer(1, "phone_number"), "Invalid phone number format"), Error(Pointer(3, "phone_number"), "not in a supported region")]);

        planner.Next.ShouldNotBeNull().Select(entry => entry.Index).ShouldBe([0, 2, 4]);
        planner.Rejections.ShouldBe([new RowRejection(2, "phone", RowReasons.Refused, "Invalid phone number format"), new RowRejection(4, "phone", RowReasons.Refused, "not in a supported region")]);
        planner.Accepted();
        planner.Next.ShouldBeNull();
    }

    [Fact]
    public void Index_is_that_of_the_request_just_sent()
    {
        var planner = Planner(5);
        planner.Refused([Error(Pointer(0, "phone_number"))]);

        planner.Refused([Error(Pointer(0, "phone_number"))]);

        planner.Rejections.Select(rejection => rejection.Row).ShouldBe([1, 2]);
    }

    [Fact]
    public void Field_is_dropped_with_a_warning_when_an_identifier_is_left()
    {
        var planner = Planner(3, options => options.BadPhone = "drop");

        planner.Refused([Error(Pointer(0, "phone_number")), Error(Pointer(1, "location/zip"))]);

        planner.Next.ShouldNotBeNull().Select(entry => string.Join(' ', entry.Dropped)).ShouldBe(["attributes/phone_number", "attributes/location/zip", ""]);
        planner.Rejections.ShouldBeEmpty();
        planner.Warnings.Select(warning => (warning.Row, warning.Column)).ShouldBe([(1, "phone"), (2, "zip")]);
    }

    [Fact]
    public void Row_is_rejected_when_its_sole_identifier_is_refused()
    {
        var sync = SyncBuilder.Profiles(options => options.BadPhone = "drop");
        var planner = new JobPlanner(sync, new ChunkMap(1, [new ChunkEntry(9, 0, 0, null, "+14155552671", null), new ChunkEntry(10, 0, 0, "ann@shop.test", "+14155552671", null)]), [0, 1]);

        planner.Refused([Error(Pointer(0, "phone_number")), Error(Pointer(1, "phone_number")), Error(Pointer(1, "email"))]);

        planner.Rejections.Select(rejection => rejection.Row).ShouldBe([9, 10]);
        planner.Next.ShouldBeNull();
    }

    [Fact]
    public void Field_that_is_refused_although_it_was_dropped_rejects_the_row()
    {
        var planner = Planner(2);
        planner.Refused([Error(Pointer(0, "locale"))]);

        planner.Refused([Error(Pointer(0, "locale"))]);

        planner.Rejections.ShouldHaveSingleItem().Row.ShouldBe(1);
    }

    [Fact]
    public void Event_itself_can_not_be_stripped()
    {
        var planner = new JobPlanner(SyncBuilder.Events(), Map(2), [0, 1]);

        planner.Refused([Error("/data/attributes/events-bulk-create/data/1/attributes/events/data/0/attributes/time")]);

        planner.Rejections.ShouldHaveSingleItem().Row.ShouldBe(2);
    }

    [Fact]
    public void Profile_of_an_event_is_stripped()
    {
        var planner = new JobPlanner(SyncBuilder.Events(), Map(2), [0, 1]);

        planner.Refused([Error("/data/attributes/events-bulk-create/data/1/attributes/profile/data/attributes/locale")]);

        planner.Next.ShouldNotBeNull()[1].Dropped.ShouldBe(["attributes/profile/data/attributes/locale"]);
    }

    [Fact]
    public void Unknown_list_is_the_verdict_of_all_at_once()
    {
        var planner = Planner(10_000);

        planner.Refused([Error("/data/relationships/lists/data/0/id", "The list does not exist.")]);

        planner.Next.ShouldBeNull();
        planner.Rejections.Count.ShouldBe(10_000);
    }

    [Fact]
    public void Refusal_that_meets_whatever_is_sent_is_the_verdict_of_all_after_few_requests()
    {
        var (requests, planner) = Play(10_000, _ => true, named: 0);

        requests.ShouldBe(1 + JobPlanner.Samples);
        planner.Rejections.Count.ShouldBe(10_000);
    }

    [Fact]
    public void One_bad_row_that_is_not_named_is_found_by_halving()
    {
        var (requests, planner) = Play(10_000, index => index == 7777, named: 0);

        planner.Rejections.ShouldHaveSingleItem().Row.ShouldBe(7778);
        requests.ShouldBeLessThan(50);
    }

    [Fact]
    public void Rounds_are_bounded_when_klaviyo_names_one_row_at_a_time()
    {
        var (requests, planner) = Play(1000, index => index % 100 == 3, named: 1);

        planner.Rejections.Select(rejection => rejection.Row).Order().ShouldBe(Enumerable.Range(0, 10).Select(hundred => (hundred * 100) + 4));
        requests.ShouldBeLessThan(40);
    }

    [Fact]
    public void Every_entry_ends_accepted_or_rejected_and_only_bad_ones_are_rejected() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 400].HashSet[0, 20], Gen.Int[0, 30]).Sample((count, bad, named) =>
        {
            var accepted = new List<int>();
            var (_, planner) = Play(count, bad.Contains, named, accepted);

            var rejected = planner.Rejections.Select(rejection => rejection.Row - 1).ToList();
            rejected.Concat(accepted).Order().ShouldBe(Enumerable.Range(0, count));
            if (accepted.Count > 0)
            {
                rejected.Order().ShouldBe(bad.Where(index => index < count).Order());
            }
        });

    /// <summary>Plays Klaviyo: it refuses requests with bad rows, and names so many of them.</summary>
    private static (int Requests, JobPlanner Planner) Play(int count, Func<int, bool> isBad, int named, List<int>? accepted = null)
    {
        var planner = Planner(count);
        var requests = 0;
        while (planner.Next is { } request)
        {
            requests++;
            var bad = request.Index().Where(entry => isBad(entry.Item.Index)).Select(entry => entry.Index).ToList();
            if (bad.Count == 0)
            {
                accepted?.AddRange(request.Select(entry => entry.Index));
                planner.Accepted();
            }
            else
            {
                planner.Refused(named == 0 ? [Error(null)] : [.. bad.Take(named).Select(place => Error(Pointer(place, "phone_number")))]);
            }
        }

        return (requests, planner);
    }

    private static JobPlanner Planner(int count, Action<SyncOptions>? change = null) => new(SyncBuilder.Profiles(change), Map(count), [.. Enumerable.Range(0, count)]);

    private static ChunkMap Map(int count) =>
        new(1, [.. Enumerable.Range(0, count).Select(index => new ChunkEntry(index + 1, 0, 0, $"p{index}@shop.test", "+14155552671", null))]);

    private static string Pointer(int place, string field) => $"/data/attributes/profiles/data/{place}/attributes/{field}";

    private static KlaviyoRefusal Error(string? pointer, string detail = "Invalid input.") => new(detail, pointer);
}
