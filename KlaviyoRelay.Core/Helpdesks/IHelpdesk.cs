using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What the relay knows of a helpdesk before any webhook of it comes. Its folder has the rest: adapter, client and check.</summary>
public interface IHelpdesk
{
    /// <summary>The value of <c>Relay__Connections__{name}__Helpdesk</c>.</summary>
    string Name { get; }

    /// <summary>As people write it; and the name of the part of a connection's settings that is the helpdesk's own.</summary>
    string Title { get; }

    /// <summary>What that part is bound to: see <see cref="ConnectionOptions.Own{T}"/>.</summary>
    Type OptionsType { get; }

    /// <summary>Whether it can be asked for a customer's conversations.</summary>
    bool CanBeAsked { get; }

    /// <summary>Whether it counts a customer's open conversations, over all of the helpdesk's brands.</summary>
    bool CountsConversations { get; }

    /// <summary>Whether customers of a connection become profiles.</summary>
    bool TellsOfCustomers(ConnectionOptions options) => false;

    /// <summary>What its events are called in Klaviyo unless the connection says otherwise.</summary>
    HelpdeskDefaults DefaultsOf(ConnectionOptions options);

    /// <summary>The rules for those of a connection's settings that depend on the helpdesk.</summary>
    /// <param name="setting">What the connection's settings begin with.</param>
    /// <param name="options">The settings.</param>
    /// <param name="secrets">Checks the names of secrets.</param>
    /// <param name="errors">Gets a line for each setting that is wrong.</param>
    void Check(string setting, ConnectionOptions options, SecretReferences secrets, SettingErrors errors);
}
