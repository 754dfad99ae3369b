using CsCheck;
using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Tests.Records;

public sealed class RowMergerTests
{
    [Fact]
    public void Last_row_of_an_email_counts_in_whatever_case()
    {
        var merger = new RowMerger();

        merger.Add(Of("ann@shop.test"), null).ShouldBeEmpty();
        merger.Add(Of("ben@shop.test"), null).ShouldBeEmpty();
        merger.Add(Of("ANN@shop.test"), null).ShouldBe([0]);
        merger.Add(Of("ann@shop.test"), null).ShouldBe([2]);
    }

    [Fact]
    public void Rows_that_another_row_ties_together_are_of_one_person()
    {
        var merger = new RowMerger();
        merger.Add(Of("ann@shop.test"), null);
        merger.Add(Of(phone: "+14155552671"), null);

        merger.Add(Of("ann@shop.test", "+14155552671"), null).ShouldBe([0, 1]);
        merger.Add(Of(phone: "+14155552671"), null).ShouldBe([2]);
        merger.Add(Of("ann@shop.test"), null).ShouldBe([3]);
    }

    [Fact]
    public void Two_people_may_share_a_phone_number()
    {
        var merger = new RowMerger();
        merger.Add(Of("ann@shop.test", "+14155552671"), null);

        merger.Add(Of("ben@shop.test", "+14155552671"), null).ShouldBeEmpty();
        merger.Add(Of("ann@shop.test"), null).ShouldBe([0]);
    }

    [Fact]
    public void Events_are_told_apart_by_their_ids_alone()
    {
        var merger = new RowMerger();

        merger.Add(Of("ann@shop.test"), "e1").ShouldBeEmpty();
        merger.Add(Of("ann@shop.test"), "e2").ShouldBeEmpty();
        merger.Add(Of("ben@shop.test"), "e1").ShouldBe([0]);
    }

    [Fact]
    public void No_entry_is_superseded_twice_and_each_email_is_left_once() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[-1, 3]).Array[1, 40].Sample(rows =>
        {
            var merger = new RowMerger();
            var superseded = rows.SelectMany(row => merger.Add(Of($"p{row.Item1}@shop.test", row.Item2 < 0 ? null : $"+1415555267{row.Item2}"), null)).ToList();

            superseded.ShouldBeUnique();
            rows.Index().Where(row => !superseded.Contains(row.Index)).Select(row => row.Item.Item1).Order()
                .ShouldBe(rows.Select(row => row.Item1).Distinct().Order());
        });

    private static Identifiers Of(string? email = null, string? phone = null) => new(email, phone, ExternalId: null);
}
