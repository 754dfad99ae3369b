using System.Text;
using Microsoft.Playwright;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>The dashboard's page of records.</summary>
internal sealed class RecordsPage(IPage page)
{
    public ILocator Empty => page.Locator("#runs-empty");

    public ILocator UploadSaid => page.Locator("#upload-said");

    public ILocator Previewed => page.Locator("#previewed tbody tr");

    public ILocator Run => page.Locator("#run");

    public ILocator Runs => page.Locator("#runs li");

    public ILocator Lines => page.Locator("#lines tbody tr");

    public Task FollowLinkAsync() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Records" }).ClickAsync();

    public Task ChooseAsync(string name, string content) =>
        page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });

    public Task PreviewAsync() => page.Locator("#preview").ClickAsync();

    public Task UploadAsync() => page.Locator("#send").ClickAsync();
}
