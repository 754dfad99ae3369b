using CsCheck;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Tests.Records.Changes;

public sealed class ChangeTrackerTests
{
    [Fact]
    public void Only_new_and_changed_rows_have_changed()
    {
        var tracker = new ChangeTracker(Known((1, 10), (2, 20)), KnownRows.None);

        tracker.Add(new RowHash(1, 10), null, 1).ShouldBeFalse();
        tracker.Add(new RowHash(2, 21), null, 1).ShouldBeTrue();
        tracker.Add(new RowHash(3, 30), null, 2).ShouldBeTrue();
        tracker.Result().All.Select(row => row.Sent).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Last_row_of_a_key_is_sent_although_it_is_as_before_when_an_earlier_one_is_sent()
    {
        var tracker = new ChangeTracker(Known((1, 10)), KnownRows.None);

        tracker.Add(new RowHash(1, 11), null, 1).ShouldBeTrue();
        tracker.Add(new RowHash(1, 10), null, 2).ShouldBeTrue();
        tracker.Result().All.ShouldBe([new KnownRow(new RowHash(1, 10), null, 2)]);
    }

    [Fact]
    public void Result_goes_on_where_an_earlier_invocation_has_left_it()
    {
        var last = Known((1, 10));
        var first = new ChangeTracker(last, KnownRows.None);
        first.Add(new RowHash(2, 20), null, 1);

        var second = new ChangeTracker(last, first.Result());
        second.Add(new RowHash(2, 20), null, 2).ShouldBeFalse();
        second.Add(new RowHash(1, 10), null, 2).ShouldBeFalse();

        Comparison.Left(last, second.Result()).ShouldBeEmpty();
        second.Result().Find(2).ShouldBe(new KnownRow(new RowHash(2, 20), null, 1));
    }

    [Fact]
    public void Row_as_before_is_not_sent_and_keeps_the_identifier_that_it_has_now()
    {
        var last = KnownRows.Of([new(new RowHash(1, 10), "p123")]);
        var tracker = new ChangeTracker(last, KnownRows.None);

        tracker.Add(new RowHash(1, 10), "p+49123", 1).ShouldBeFalse();
        tracker.Result().All.ShouldBe([new KnownRow(new RowHash(1, 10), "p+49123")]);
    }

    [Fact]
    public void Rows_of_one_key_are_compared_with_the_one_before_wherever_an_invocation_ends() =>
        Gen.Select(Rows, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2]).Array[0, 20], Gen.Int[0, 20]).Sample((last, now, cut) =>
        {
            var known = KnownRows.Of(last.Select(row => new KnownRow(Hash(row.Key, row.Value), "e")));
            var tracker = new ChangeTracker(known, KnownRows.None);
            var (contents, sent) = (new Dictionary<int, int>(last), new Dictionary<int, int>());
            for (var number = 1; number <= now.Length; number++)
            {
                var (key, content) = now[number - 1];
                var isChanged = !contents.TryGetValue(key, out var before) || before != content;
                (contents[key], sent[key]) = (content, isChanged ? number : sent.GetValueOrDefault(key));

                tracker.Add(Hash(key, content), "e", number).ShouldBe(isChanged);
                tracker = number == cut ? new ChangeTracker(known, tracker.Result()) : tracker;
            }

            tracker.Result().All.ShouldBe(sent.Select(row => new KnownRow(Hash(row.Key, contents[row.Key]), "e", row.Value)), ignoreOrder: true);
        });

    [Fact]
    public void Failed_rows_keep_their_old_hash()
    {
        var last = Known((1, 10));
        var tracker = new ChangeTracker(last, KnownRows.None);
        tracker.Add(new RowHash(1, 11), null, 1);
        tracker.Add(new RowHash(2, 20), null, 2);

        Comparison.Next(last, tracker.Result(), number => number <= 2, isLeftDone: true).All.ShouldBe(last.All);
    }

    [Fact]
    public void Rows_that_left_are_found_until_they_are_dealt_with()
    {
        var last = KnownRows.Of([new(new RowHash(1, 10), "eann@shop.test"), new(new RowHash(2, 20), "eben@shop.test")]);
        var tracker = new ChangeTracker(last, KnownRows.None);
        tracker.Add(new RowHash(2, 20), "eben@shop.test", 1);

        Comparison.Deleted(last, tracker.Result()).ShouldBe(["eann@shop.test"]);
        Comparison.Next(last, tracker.Result(), _ => false, isLeftDone: false).Count.ShouldBe(2);
        Comparison.Next(last, tracker.Result(), _ => false, isLeftDone: true).Count.ShouldBe(1);
    }

    [Fact]
    public void Person_who_is_in_the_result_under_another_key_stays()
    {
        var last = KnownRows.Of([new(new RowHash(1, 10), "eann@shop.test")]);
        var tracker = new ChangeTracker(last, KnownRows.None);
        tracker.Add(new RowHash(2, 20), "eann@shop.test", 1);

        Comparison.Left(last, tracker.Result()).Count().ShouldBe(1);
        Comparison.Deleted(last, tracker.Result()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Million_rows_take_less_than_64_MB()
    {
        const int part = 20_000;
        var known = KnownRows.Of(Enumerable.Range(0, part).Select(number => new KnownRow(new RowHash((ulong)number * 7919, 1), $"efirstname.name{number}@shop-name.example")));

        (await WriteAsync(known)).Length.ShouldBeLessThan(64_000_000 / 1_000_000 * part);
    }

    [Fact]
    public void Store_that_is_cut_off_says_what_to_do() =>
        Should.Throw<InvalidDataException>(() => KnownRows.Read(new byte[22 + 3])).Message.ShouldContain("Delete it");

    [Fact]
    public void Runs_send_what_differs_and_nothing_else() =>
        Gen.Select(Rows, Rows, Gen.Int[0, 15].HashSet[0, 5]).Sample((last, now, failed) =>
        {
            var before = new ChangeTracker(KnownRows.None, KnownRows.None);
            foreach (var (key, content) in last)
            {
                before.Add(Hash(key, content), $"{key}", key + 1);
            }

            var next = Comparison.Next(KnownRows.None, before.Result(), number => failed.Contains(number - 1), isLeftDone: true);
            var stored = KnownRows.Read(WriteAsync(next).GetAwaiter().GetResult());
            var tracker = new ChangeTracker(stored, KnownRows.None);
            var sent = now.Where(row => tracker.Add(Hash(row.Key, row.Value), $"{row.Key}", row.Key + 1)).Select(row => row.Key).ToList();

            sent.ShouldBe(now.Where(row => failed.Contains(row.Key) || !last.TryGetValue(row.Key, out var value) || value != row.Value).Select(row => row.Key), ignoreOrder: true);
            Comparison.Deleted(stored, tracker.Result()).Order().ShouldBe(last.Keys.Where(key => !failed.Contains(key) && !now.ContainsKey(key)).Select(key => $"{key}").Order());
        });

    [Theory]
    [InlineData(1000, 900, 100, false, false)]
    [InlineData(1000, 899, 101, false, true)]
    [InlineData(1000, 899, 101, true, false)]
    [InlineData(5, 0, 5, false, true)]
    [InlineData(5, 0, 5, true, false)]
    [InlineData(1000, 1000, 0, false, false)]
    public void Guard_keeps_a_list_from_being_emptied(int last, int now, int left, bool isAllowed, bool isRefused) =>
        (LeftGuard.Refuse(last, now, left, isAllowed) is not null).ShouldBe(isRefused);

    private static Gen<Dictionary<int, int>> Rows => Gen.Dictionary(Gen.Int[0, 15], Gen.Int[0, 3])[0, 12];

    private static KnownRows Known(params (ulong Key, ulong Content)[] rows) => KnownRows.Of(rows.Select(row => new KnownRow(new RowHash(row.Key, row.Content), null)));

    private static RowHash Hash(int key, int content) => new((ulong)key * 0x9E3779B97F4A7C15, (ulong)content);

    private static async Task<byte[]> WriteAsync(KnownRows rows)
    {
        using var bytes = new MemoryStream();
        await rows.WriteAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}

public sealed class RowHashTests
{
    [Fact]
    public void Hash_is_of_every_mapped_cell_and_its_kind()
    {
        var sync = SyncBuilder.Profiles();
        var hashes = new[] { Cell.Missing, Cell.Null, Cell.Text("null"), Cell.Text("5"), new Cell(CellKind.Number, "5"), new Cell(CellKind.Json, "[5]") }
            .Select(cell => RowHash.Of(sync, RowOf(Cell.Text("ann@shop.test"), cell))).ToList();

        hashes.ShouldBeUnique();
        hashes.Select(hash => hash?.Key).Distinct().ShouldHaveSingleItem();
        RowHash.Of(new Sync("other", new SyncOptions { Object = "profiles", Fields = new() { Email = "email" } }), new Row(1, [Cell.Text("ann@shop.test")]))?.Key.ShouldNotBe(hashes[0]?.Key ?? 0);
        RowHash.Of(sync, RowOf(Cell.Null, Cell.Null)).ShouldBeNull();

        Row RowOf(Cell email, Cell other) => new(1, [.. sync.Mapping.Columns.Select(column => column == "email" ? email : column == "points" ? other : Cell.Missing)]);
    }
}
