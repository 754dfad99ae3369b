using System.Text;

namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>
/// Reads <c>operator(field,value)</c>, where a value is a quoted string or a list of them. Quotes are double or single;
/// a backslash takes the next character as it is.
/// </summary>
internal sealed class FilterParser
{
    private const int MostValues = 100;

    private readonly string _text;
    private int _at;

    private FilterParser(string text) => _text = text;

    /// <summary>The filters, joined by commas; none, and what is wrong, when one can't be read.</summary>
    public static IReadOnlyList<Filter> ParseAll(string text, IReadOnlyList<FilterRule> rules, out string problem)
    {
        var parser = new FilterParser(text);
        var filters = new List<Filter>();
        do
        {
            if (parser.One(rules, out problem) is not { } filter)
            {
                return [];
            }

            filters.Add(filter);
        }
        while (parser.Take(','));

        if (!parser.AtEnd())
        {
            Refused(parser, out problem);
            return [];
        }

        return filters;
    }

    private Filter? One(IReadOnlyList<FilterRule> rules, out string problem)
    {
        problem = "";
        var name = Word();
        if (!Take('('))
        {
            problem = $"'{_text}' is not a filter such as equals(email,\"jane@klaviyo-demo.com\")";
            return null;
        }

        var field = Word();
        if (rules.FirstOrDefault(rule => rule.Field == field && rule.Operators.Contains(name)) is not { } rule)
        {
            problem = $"'{name}({field},...)' is not one of the filters simulated: {string.Join("; ", rules.Select(known => $"{string.Join(", ", known.Operators)} of {known.Field}"))}";
            return null;
        }

        return Take(',') && Values(takesOne: name is "equals" or "contains", takesList: name == "any" || rule.HasListInEquals) is { } values && Take(')')
            ? Checked(new Filter(name, field, values), out problem)
            : Refused(this, out problem);
    }

    private static Filter? Checked(Filter filter, out string problem)
    {
        problem = filter.Values.Count > MostValues
            ? $"A list in a filter must not have more than {MostValues} values"
            : "";
        return problem.Length == 0 ? filter : null;
    }

    private static Filter? Refused(FilterParser parser, out string problem)
    {
        problem = $"The filter can't be read at character {parser._at + 1}";
        return null;
    }

    private List<string>? Values(bool takesOne, bool takesList)
    {
        if (takesOne && Quoted() is { } single)
        {
            return [single];
        }

        if (!takesList || !Take('['))
        {
            return null;
        }

        var values = new List<string>();
        do
        {
            if (Quoted() is not { } value)
            {
                return null;
            }

            values.Add(value);
        }
        while (Take(','));

        return Take(']') ? values : null;
    }

    private string? Quoted()
    {
        SkipSpaces();
        if (_at >= _text.Length || _text[_at] is not ('"' or '\''))
        {
            return null;
        }

        var quote = _text[_at++];
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }

            value.Append(_text[_at++]);
        }

        return Take(quote) ? value.ToString() : null;
    }

    private string Word()
    {
        SkipSpaces();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] is '_' or '-' or '.'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool Take(char expected)
    {
        SkipSpaces();
        if (_at >= _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool AtEnd()
    {
        SkipSpaces();
        return _at == _text.Length;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }
}
