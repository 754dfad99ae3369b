using System.Text;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>Rows and runs on the dashboard, with the storage in memory and no pump: what is taken in stays at being read.</summary>
public sealed class ActRecordTests : IAsyncLifetime
{
    private const string Rows = "email\nzqann@klaviyo-demo.com\nzqnobody\n";

    private readonly InMemoryRecordStore _store = new();
    private readonly InMemoryQueue _queue = new();
    private ActHost? _host;

    private ActHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync() => _host = await ActHost.StartAsync(
        services => services.AddSingleton<IEventQueue>(_queue).AddSingleton<IRecordStore>(_store), SyncSettings.Leads);

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    [Fact]
    public async Task Preview_says_what_each_row_becomes_and_keeps_nothing()
    {
        var (status, json) = await PostAsync("rows/leads/preview", Rows, "text/csv");

        status.ShouldBe(200);
        var rows = json.GetProperty("rows").EnumerateArray().ToList();
        rows.Select(row => $"{row.GetProperty("who")} {row.GetProperty("members").GetArrayLength()} {row.GetProperty("rejected").GetString()?.Split(':')[0]}").ShouldBe(["z•••@k•••.com 1 ", " 0 bad-email"]);
        json.ToString().ShouldNotContain("zqann");
        _store.Names.ShouldBeEmpty();
        _queue.Fresh.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_begins_a_run_with_the_secret_of_the_sync()
    {
        var (status, json) = await PostAsync("rows/leads", Rows, "text/csv");

        (status, json.GetProperty("sync").GetString()).ShouldBe((200, "leads"));
        var (_, list) = await Host.GetAsync("runs");
        var run = list.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        $"{run.GetProperty("run")} {run.GetProperty("status")} {run.GetProperty("account")}".ShouldBe($"{json.GetProperty("run")} reading main");
        list.GetProperty("syncs")[0].ToString().ShouldBe("""{"name":"leads","makes":"profiles upsert","account":"main","target":"","columns":["email"],"takesRows":true}""");
        (await Host.GetAsync($"runs/leads/{json.GetProperty("run")}")).Json.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("rows/leads", "text/html", 400, "Choose a sync that takes rows")]
    [InlineData("rows/nobody", "text/csv", 400, "Choose a sync that takes rows")]
    [InlineData("rows/nobody/preview", "text/csv", 400, "Choose a sync that takes rows")]
    public async Task What_can_not_be_read_is_refused_with_what_to_do(string path, string type, int expected, string sentence)
    {
        var (status, json) = await PostAsync(path, Rows, type);

        status.ShouldBe(expected);
        $"{json.GetProperty("error")}".ShouldStartWith(sentence);
    }

    [Fact]
    public async Task Rows_without_the_columns_of_the_sync_are_refused_as_its_own_address_does()
    {
        foreach (var path in new[] { "rows/leads", "rows/leads/preview" })
        {
            var (status, json) = await PostAsync(path, "name\nann\n", "text/csv");

            status.ShouldBe(400, path);
            $"{json.GetProperty("error")}".ShouldContain("The rows lack what the sync maps: email");
        }
    }

    [Fact]
    public async Task Run_that_there_is_not_is_not_found() => (await Host.GetAsync($"runs/leads/{new string('a', 40)}")).Status.ShouldBe(404);

    private async Task<(int Status, System.Text.Json.JsonElement Json)> PostAsync(string path, string rows, string type)
    {
        using var content = new StringContent(rows, Encoding.UTF8, type);
        return await Host.PostAsync(path, content);
    }
}
