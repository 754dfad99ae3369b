using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Campaigns.Steps;

/// <summary>A request to Klaviyo that must not be carried out twice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CampaignStep>))]
public enum CampaignStep
{
    /// <summary>Make a template of content that came with the request.</summary>
    MakeTemplate,

    /// <summary>Make the campaign, as a draft.</summary>
    MakeCampaign,

    /// <summary>Give the campaign's message a copy of the template.</summary>
    AssignTemplate,

    /// <summary>Send the campaign: one with a time is scheduled.</summary>
    Send,

    /// <summary>Cancel the campaign, or make it a draft again.</summary>
    Stop,
}

/// <summary>A step that was begun, and of whose end nothing is noted: it goes on, its answer was lost, or the process was killed.</summary>
/// <param name="Since">The time of day at its beginning.</param>
public sealed record OpenStep(CampaignStep Step, DateTimeOffset Since);

/// <summary>What is noted of a campaign before each step and after it.</summary>
public sealed record CampaignEntry
{
    public static CampaignEntry Empty { get; } = new();

    /// <summary>The step that may be under way; null when none is.</summary>
    public OpenStep? Open { get; init; }

    /// <summary>The campaign that was made; null until Klaviyo has told its id.</summary>
    public string? Campaign { get; init; }

    /// <summary>The hash of the request; null of a campaign that was not made here.</summary>
    public string? Request { get; init; }

    /// <summary>Whether the last thing that happened to its sending is that it was made a draft again.</summary>
    public bool WasReverted { get; init; }
}

/// <summary>What to do next.</summary>
public abstract record CampaignMove
{
    private CampaignMove()
    {
    }

    /// <summary>Send a step's request: nothing of it can be under way.</summary>
    public sealed record Take(CampaignStep Step) : CampaignMove;

    /// <summary>Delete the template that was made for the campaign, which has a copy of it. A repeat does no harm.</summary>
    public sealed record CleanUp : CampaignMove;

    /// <summary>Send nothing: a step may still be carried out.</summary>
    /// <param name="Time">After how long it may no more.</param>
    public sealed record Wait(CampaignStep Step, TimeSpan Time) : CampaignMove;

    /// <summary>Klaviyo shows what was to be reached.</summary>
    public sealed record Done : CampaignMove;

    /// <summary>A person has to look.</summary>
    /// <param name="Why">What Klaviyo shows and what to do.</param>
    public sealed record Stop(string Why) : CampaignMove;
}
