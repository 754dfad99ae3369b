using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>When the vault is asked, and what answers meanwhile.</summary>
public sealed class KeyVaultCacheTests : KeyVaultTest
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Secret_is_read_once_within_five_minutes()
    {
        Vault.Holds("key", "one");
        (await Get()).ShouldBe("one");
        Vault.Holds("key", "two");
        Clock.Advance(TimeToLive - TimeSpan.FromTicks(1));

        (await Get()).ShouldBe("one");
        Vault.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Secrets_are_kept_by_name()
    {
        Vault.Holds("key", "one").Holds("other", "another");

        (await Get()).ShouldBe("one");
        (await Get("other")).ShouldBe("another");
    }

    [Fact]
    public async Task Concurrent_requests_for_one_secret_make_one_read()
    {
        await WarmUpAsync();
        Vault.Holds("key", "one");
        var held = Vault.HoldNext();
        var callers = Enumerable.Range(0, 100).Select(_ => Get()).ToList();
        await held.Asked;
        callers.ShouldAllBe(caller => !caller.IsCompleted);

        held.Release();

        (await Task.WhenAll(callers)).ShouldAllBe(value => value == "one");
        Vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Caller_that_gives_up_does_not_end_the_read_for_the_others()
    {
        await WarmUpAsync();
        Vault.Holds("key", "one");
        var held = Vault.HoldNext();
        using var impatience = new CancellationTokenSource();
        var impatient = Store.GetAsync("key", impatience.Token).AsTask();
        var patient = Get();
        await held.Asked;

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        held.Release();

        (await patient).ShouldBe("one");
        Vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Value_older_than_five_minutes_answers_at_once_while_one_read_goes_on_beside_it()
    {
        Vault.Holds("key", "one");
        await Get();
        Vault.Holds("key", "two");
        Clock.Advance(TimeToLive);
        var held = Vault.HoldNext();

        var answers = Enumerable.Range(0, 50).Select(_ => Store.GetAsync("key", Token)).ToList();

        answers.ShouldAllBe(answer => answer.IsCompletedSuccessfully && answer.Result == "one");
        await held.Asked;
        (await Get()).ShouldBe("one");
        held.Release();
        await ReadUnderWayAsync();
        (await Get()).ShouldBe("two");
        Vault.Reads.ShouldBe(2);
        Logs.At(LogLevel.Information).ShouldBe(["The secret 'key' has a new value, version v2, which is used from now on."]);
    }

    [Fact]
    public async Task Value_is_used_while_the_vault_refuses_connections_and_read_again_when_it_is_back()
    {
        Vault.Holds("key", "one");
        await Get();
        await Vault.StopAsync();
        Clock.Advance(TimeToLive);

        (await Get()).ShouldBe("one");
        (await Should.ThrowAsync<SecretUnavailableException>(ReadUnderWayAsync)).Problem.ShouldBe(SecretProblem.Unreachable);
        (await Get()).ShouldBe("one");
        Logs.At(LogLevel.Warning).ShouldHaveSingleItem().ShouldBe(
            $"The secret 'key' can't be read, because {Vault.Uri} does not answer as a vault does (no connection): check KeyVault__Uri and the network. "
            + "The value that was read before is used meanwhile; the vault is asked again in 1 s at the earliest.");

        await Vault.RestartAsync();
        Vault.Holds("key", "two");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Get();
        await ReadUnderWayAsync();
        (await Get()).ShouldBe("two");
    }

    [Fact]
    public async Task Failing_vault_is_asked_again_after_a_wait_that_doubles_up_to_a_minute()
    {
        Vault.Answers([.. Enumerable.Repeat(LoopbackVault.Refuse(403, "Forbidden"), 9)]);
        var waits = new List<double>();
        for (var failure = 1; failure < 9; failure++)
        {
            await GetFails();
            Vault.Requests.Count.ShouldBe(failure);
            var wait = Math.Min(60, Math.Pow(2, failure - 1));
            Clock.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromTicks(1));
            (await GetFails()).Problem.ShouldBe(SecretProblem.Forbidden);
            Vault.Requests.Count.ShouldBe(failure);
            Clock.Advance(TimeSpan.FromTicks(1));
            waits.Add(wait);
        }

        waits[^2..].ShouldBe([60, 60]);
        Logs.At(LogLevel.Error).Count.ShouldBe(8);
    }

    [Fact]
    public async Task Wait_begins_anew_after_a_success()
    {
        Vault.Holds("key", "one").Answers(LoopbackVault.Refuse(403, "Forbidden"), LoopbackVault.Refuse(403, "Forbidden"));
        await GetFails();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await GetFails();
        Clock.Advance(TimeSpan.FromSeconds(2));
        (await Get()).ShouldBe("one");
        Clock.Advance(TimeToLive);
        Vault.Answers(LoopbackVault.Refuse(403, "Forbidden"));
        await Get();
        await Should.ThrowAsync<SecretUnavailableException>(ReadUnderWayAsync);
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await Get()).ShouldBe("one");
    }

    [Theory]
    [InlineData(404, "SecretNotFound", null, SecretProblem.Missing)]
    [InlineData(403, "Forbidden", "SecretDisabled", SecretProblem.Missing)]
    [InlineData(403, "Forbidden", "ForbiddenByRbac", SecretProblem.Forbidden)]
    public async Task Value_is_forgotten_when_the_secret_or_the_permission_is_taken_away(int status, string code, string? innerCode, SecretProblem problem)
    {
        Vault.Holds("key", "one");
        await Get();
        Clock.Advance(TimeToLive);
        Vault.Answers(LoopbackVault.Refuse(status, code, innerCode));
        (await Get()).ShouldBe("one");
        await Should.ThrowAsync<SecretUnavailableException>(ReadUnderWayAsync);

        (await GetFails()).Problem.ShouldBe(problem);
    }

    [Fact]
    public async Task No_value_is_ever_logged()
    {
        Vault.Holds("key", "secret-one");
        await Get();
        Vault.Holds("key", "secret-two");
        await Refresh("secret-one");
        await Vault.StopAsync();
        Clock.Advance(TimeToLive);
        await Get();
        await Should.ThrowAsync<SecretUnavailableException>(() => Refresh("secret-two"));

        Logs.Lines.Count.ShouldBe(2);
        Logs.Lines.ShouldAllBe(line => !line.Contains("secret-", StringComparison.Ordinal));
    }

    /// <summary>So that the challenge is known, and a read is one request.</summary>
    private async Task WarmUpAsync()
    {
        Vault.Holds("warm", "up");
        await Get("warm");
    }

    /// <summary>Waits for the read that goes on beside the old value; fails if it does. The refusal of the old value joins it.</summary>
    private Task ReadUnderWayAsync() => Refresh("one");
}
