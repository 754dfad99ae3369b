using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Campaigns;

namespace KlaviyoRelay.Core.Klaviyo.Templates;

/// <summary>Templates (developers.klaviyo.com, Templates). An account holds 1,000 of them, so one that was made for a campaign is deleted after use.</summary>
public sealed class TemplateClient(KlaviyoApi klaviyo)
{
    private const string Templates = "api/templates";

    /// <summary>Whether there is a template. The document is empty when there is none of the id.</summary>
    public Task<Result<KlaviyoDocument<NamedAttributes>>> FindAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.FindAsync(
        Call(account, KlaviyoEndpoint.ReadTemplate, HttpMethod.Get, $"{Templates}/{Uri.EscapeDataString(id)}?fields%5Btemplate%5D=name"), CampaignJsonContext.Default.KlaviyoDocumentNamedAttributes, budget, cancellationToken);

    /// <summary>The templates that have this in their name.</summary>
    public Task<Result<IReadOnlyList<KlaviyoResource<NamedAttributes>>>> NamedAsync(KlaviyoAccount account, string text, BatchBudget budget, CancellationToken cancellationToken) => klaviyo.ReadAllAsync(
        Call(account, KlaviyoEndpoint.ReadTemplates, HttpMethod.Get, $"{Templates}?fields%5Btemplate%5D=name&filter={Uri.EscapeDataString($"contains(name,'{text}')")}") with { Route = Templates },
        CampaignJsonContext.Default.KlaviyoPageNamedAttributes,
        budget,
        cancellationToken);

    /// <summary>Makes a template of HTML, and of text where there is some. It is sent once.</summary>
    public async Task<ChangeAnswer> CreateAsync(KlaviyoAccount account, string name, string html, string? text, BatchBudget budget, CancellationToken cancellationToken)
    {
        var attributes = new JsonObject { ["name"] = name, ["editor_type"] = "CODE", ["html"] = html };
        if (text is not null)
        {
            attributes["text"] = text;
        }

        var call = Call(account, KlaviyoEndpoint.CreateTemplate, HttpMethod.Post, Templates) with
        {
            Route = Templates,
            Body = NewCampaign.Resource("template", id: null, ("attributes", attributes)),
            Form = AnswerForm.Found with { Success = HttpStatusCode.Created },
            IsRepeatable = false,
        };
        using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
        return await ChangeAnswer.ReadAsync(answer, HttpStatusCode.Created, CampaignJsonContext.Default.KlaviyoDocumentNamedAttributes, cancellationToken);
    }

    /// <summary>Deletes a template. One that is gone is no refusal.</summary>
    public async Task<ChangeAnswer> DeleteAsync(KlaviyoAccount account, string id, BatchBudget budget, CancellationToken cancellationToken)
    {
        var call = Call(account, KlaviyoEndpoint.DeleteTemplate, HttpMethod.Delete, $"{Templates}/{Uri.EscapeDataString(id)}") with { Form = AnswerForm.Found with { Success = HttpStatusCode.NoContent } };
        using var answer = await klaviyo.SendAsync(call, budget, cancellationToken);
        return answer.Value?.StatusCode == HttpStatusCode.NotFound
            ? new ChangeAnswer.Done(id)
            : await ChangeAnswer.ReadAsync(answer, HttpStatusCode.NoContent, type: null, cancellationToken);
    }

    private static KlaviyoCall Call(KlaviyoAccount account, KlaviyoEndpoint endpoint, HttpMethod method, string path) => new(account, Lane.Campaigns, endpoint, method, path);
}
