namespace KlaviyoRelay.Tests.LocalHost.Cli;

public sealed class AzuriteVerbsTests : DeadLetterVerbsTests
{
    private protected override LetterFixture Fixture { get; } = new CliFixture();

    public override ValueTask DisposeAsync() => Fixture.DisposeAsync();
}
