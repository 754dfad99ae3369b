using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>Makes a mapping of a connection's settings, with a line for each that could never match.</summary>
public sealed class GenericMappingReader
{
    private const string APointer = "a JSON Pointer such as /ticket/id";
    private const string IdParts = "a JSON Pointer such as /event, a header such as header:X-Event-Id, or several separated by commas";
    private const string SeveralPointers = "a JSON Pointer such as /event, or several separated by commas";
    private const int MaxNameLength = 100;

    private static readonly FieldPath Missing = FieldPath.Parse("/missing") ?? throw new InvalidOperationException("This is a pointer.");

    private readonly string _setting;
    private readonly GenericOptions _own;
    private readonly GenericOptions _options;
    private readonly SettingErrors _errors;

    private GenericMappingReader(string setting, GenericOptions options, SettingErrors errors)
    {
        _setting = setting;
        _errors = errors;
        _own = options;
        _options = options.Over(Preset(options.Preset));
    }

    /// <param name="setting">The settings' common name, such as <c>Relay__Connections__acme__Generic</c>.</param>
    /// <param name="options">The settings, without the preset's.</param>
    /// <param name="errors">Gets a line for each setting that is wrong.</param>
    /// <returns>The mapping; null when a setting is wrong.</returns>
    public static GenericMapping? Read(string setting, GenericOptions options, SettingErrors errors)
    {
        var before = errors.Lines.Count;
        var mapping = new GenericMappingReader(setting, options, errors).Read();
        return errors.Lines.Count == before ? mapping : null;
    }

    /// <summary>The mapping of settings that have been validated.</summary>
    public static GenericMapping Read(GenericOptions options) =>
        Read("Generic", options, new SettingErrors()) ?? throw new ArgumentException("The settings of a generic helpdesk are wrong.", nameof(options));

    private GenericMapping Read()
    {
        var emails = Required(nameof(_options.Emails), _options.Emails, "a JSON Pointer such as /customer/email, or /customer/emails/*/address for every element of an array", allowWildcard: true);
        var kind = Several(nameof(_options.Kind), _options.Kind) ?? NoPointer(nameof(_options.Kind), _options.Kind, SeveralPointers);
        var mapping = new GenericMapping
        {
            Name = Name(),
            Kind = kind,
            Kinds = GenericKindsReader.Read($"{_setting}__Kinds", _options, _own, parts: kind.Contains(Missing) ? null : kind.Count, _errors),
            EventId = EventId(),
            ConversationId = Required(nameof(_options.ConversationId), _options.ConversationId, APointer),
            OccurredAt = Optional(nameof(_options.OccurredAt), _options.OccurredAt),
            Emails = emails,
            EmailVerified = Verified(emails),
            Phone = Optional(nameof(_options.Phone), _options.Phone),
            PhoneRegion = _options.PhoneRegion,
            Subject = Optional(nameof(_options.Subject), _options.Subject),
            Channel = Optional(nameof(_options.Channel), _options.Channel),
            Link = Link(),
            Rating = Optional(nameof(_options.Rating), _options.Rating),
            Ratings = Ratings(),
            RatingIsEvent = _options.RatingIsEvent ?? false,
            Brand = Optional(nameof(_options.Brand), _options.Brand),
            OpenConversations = Optional(nameof(_options.OpenConversations), _options.OpenConversations),
            Html = _options.Html ?? false,
            Empty = SettingList.Of(_options.Empty),
        };
        CheckTogether(mapping);
        CheckRegion();
        return mapping;
    }

    private GenericOptions Preset(string? name)
    {
        var preset = GenericPresets.Find(name ?? "");
        if (preset is null && !string.IsNullOrEmpty(name))
        {
            _errors.Add($"{_setting}__Preset", name, $"one of {string.Join(", ", GenericPresets.Names)}, or left out");
        }

        return preset ?? new GenericOptions();
    }

    private string Name()
    {
        var name = string.IsNullOrWhiteSpace(_options.Name) ? "Helpdesk" : _options.Name;
        if (name.Length > MaxNameLength)
        {
            _errors.Add($"{_setting}__Name", name, $"a name of 1 to {MaxNameLength} characters");
        }

        return name;
    }

    private IReadOnlyList<EventIdPart> EventId()
    {
        var parts = SettingList.Of(_options.EventId).Select(EventIdPart.Parse).ToList();
        if (parts.Contains(null))
        {
            _errors.Add($"{_setting}__{nameof(_options.EventId)}", _options.EventId, IdParts);
        }

        return [.. parts.OfType<EventIdPart>()];
    }

    private JsonPointer? Verified(FieldPath emails)
    {
        var verified = Optional(nameof(_options.EmailVerified), _options.EmailVerified, allowWildcard: true)?.Pointers[0];
        if (verified is { HasWildcard: true } && !emails.Pointers.Any(pointer => pointer.HasWildcard && verified.ArraySegments.SequenceEqual(pointer.ArraySegments)))
        {
            _errors.Add($"{_setting}__EmailVerified", verified.Text, "a JSON Pointer into the same array as Emails, such as /customer/emails/*/verified beside /customer/emails/*/address");
        }

        return verified;
    }

    private GenericLink? Link()
    {
        if (string.IsNullOrWhiteSpace(_options.Link))
        {
            return null;
        }

        var link = GenericLink.Parse(_options.Link);
        if (link is null)
        {
            _errors.Add($"{_setting}__Link", _options.Link, "a JSON Pointer such as /ticket/url, or an address such as https://acme.zendesk.com/agent/tickets/{conversationId}");
        }

        return link;
    }

    private RatingScale Ratings()
    {
        if (RatingScale.Parse(_options.Ratings ?? "") is { } scale)
        {
            return scale;
        }

        _errors.Add($"{_setting}__Ratings", _options.Ratings, "ratings with the number from 1 to 5 that each means, such as bad=1,good=5 or 0..6=1,7..8=3,9..10=5");
        return RatingScale.None;
    }

    private void CheckRegion()
    {
        if (!string.IsNullOrEmpty(_options.PhoneRegion) && !PhoneNumber.IsRegion(_options.PhoneRegion))
        {
            _errors.Add($"{_setting}__PhoneRegion", _options.PhoneRegion, "a country's two letters, such as US, or left out");
        }
    }

    private void CheckTogether(GenericMapping mapping)
    {
        if (mapping.EventId.Count == 0 && mapping.OccurredAt is null)
        {
            _errors.Add($"{_setting}__OccurredAt", _options.OccurredAt, $"{APointer} at the time, or EventId set: without both, two happenings in a conversation can't be told apart");
        }

        if (mapping.Rating is null && (mapping.RatingIsEvent || mapping.Kinds.Values.Contains(ConversationEventKind.Rated)))
        {
            _errors.Add($"{_setting}__Rating", _options.Rating, $"{APointer} at the rating, because Kinds__Rated or RatingIsEvent asks for one");
        }
    }

    private FieldPath Required(string name, string? text, string expected, bool allowWildcard = false) =>
        Pointer(text, allowWildcard) ?? NoPointer(name, text, expected)[0];

    private FieldPath? Optional(string name, string? text, bool allowWildcard = false) =>
        string.IsNullOrWhiteSpace(text) ? null : Required(name, text, APointer, allowWildcard);

    /// <summary>Null when there is none.</summary>
    private IReadOnlyList<FieldPath>? Several(string name, string? text)
    {
        var pointers = SettingList.Of(text).Select(part => Pointer(part)).ToList();
        return pointers.Count == 0 ? null
            : pointers.Contains(null) ? NoPointer(name, text, SeveralPointers)
            : [.. pointers.OfType<FieldPath>()];
    }

    private IReadOnlyList<FieldPath> NoPointer(string name, string? text, string expected)
    {
        _errors.Add($"{_setting}__{name}", text, expected);
        return [Missing];
    }

    private static FieldPath? Pointer(string? text, bool allowWildcard = false) => FieldPath.Parse(text ?? "", allowWildcard);
}
