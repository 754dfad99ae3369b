using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>What happens when a value was refused with 401.</summary>
public sealed class KeyVaultRefreshTests : KeyVaultTest
{
    [Fact]
    public async Task Refused_value_is_read_again_at_once()
    {
        Vault.Holds("key", "one");
        await Get();
        Vault.Holds("key", "two");

        (await Refresh("one")).ShouldBe("two");
        (await Get()).ShouldBe("two");
        Vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Refused_value_is_not_read_again_when_a_newer_one_is_known()
    {
        Vault.Holds("key", "two");
        await Get();

        (await Refresh("one")).ShouldBe("two");
        Vault.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Refused_value_is_read_when_none_is_known()
    {
        Vault.Holds("key", "one");

        (await Refresh("one")).ShouldBe("one");
        Vault.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_refusals_of_one_value_make_one_read()
    {
        Vault.Holds("key", "one");
        await Get();
        Vault.Holds("key", "two");
        var held = Vault.HoldNext();
        var callers = Enumerable.Range(0, 100).Select(_ => Refresh("one")).ToList();
        await held.Asked;

        held.Release();

        (await Task.WhenAll(callers)).ShouldAllBe(value => value == "two");
        Vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Refused_value_that_is_the_newest_is_not_asked_for_again_within_ten_seconds()
    {
        Vault.Holds("key", "one");
        await Get();
        (await Refresh("one")).ShouldBe("one");
        Vault.Holds("key", "two");
        Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        (await Refresh("one")).ShouldBe("one");
        Vault.Reads.ShouldBe(2);
        Clock.Advance(TimeSpan.FromTicks(1));

        (await Refresh("one")).ShouldBe("two");
    }

    [Fact]
    public async Task New_value_that_is_refused_too_is_read_again_at_once()
    {
        Vault.Holds("key", "one");
        await Get();
        await Refresh("one");
        Clock.Advance(TimeSpan.FromMinutes(5));
        Vault.Holds("key", "two");
        (await Refresh("one")).ShouldBe("two");
        Vault.Holds("key", "three");

        (await Refresh("two")).ShouldBe("three");
    }

    [Fact]
    public async Task Read_that_began_before_the_refusal_is_not_trusted_to_be_the_newest()
    {
        Vault.Holds("key", "one");
        await Get();
        Clock.Advance(TimeSpan.FromMinutes(5));
        var asked = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        Vault.Answers(async context =>
        {
            asked.SetResult();
            await released.Task;
            // The vault looked the value up before the new version was stored.
            await LoopbackVault.Value("one")(context);
        });
        await Get();
        await asked.Task;
        Vault.Holds("key", "two");
        var refresh = Refresh("one");
        released.SetResult();

        (await refresh).ShouldBe("two");
    }

    [Fact]
    public async Task Refused_value_stays_known_and_the_vault_is_left_alone_for_a_while_when_it_can_not_be_reached()
    {
        Vault.Holds("key", "one");
        await Get();
        Vault.Answers([.. Enumerable.Repeat(LoopbackAnswer.Status(503), 3)]);

        (await Should.ThrowAsync<SecretUnavailableException>(() => Refresh("one"))).Problem.ShouldBe(SecretProblem.Unreachable);
        (await Should.ThrowAsync<SecretUnavailableException>(() => Refresh("one"))).Problem.ShouldBe(SecretProblem.Unreachable);

        Vault.Reads.ShouldBe(4);
        (await Get()).ShouldBe("one");
        Vault.Holds("key", "two");
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Refresh("one")).ShouldBe("two");
    }
}
