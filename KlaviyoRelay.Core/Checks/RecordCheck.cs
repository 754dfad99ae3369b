using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Core.Checks;

/// <summary>Whether the record of conversations can be used, for the connections that need it.</summary>
public sealed class RecordCheck(ConversationRecord record)
{
    private const string LookAtStorage =
        "provision the app again, which gives it the role Storage Table Data Contributor and the secret for the record; locally AzureWebJobsStorage, and that Azurite runs with its tables";

    public async Task<Finding> CheckAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (connection.ProfileProperty is null)
        {
            return Finding.NotNeeded("The connection sets no profile property");
        }

        if (connection is { Helpdesk.CountsConversations: true, HasSeveralAccounts: false })
        {
            return Finding.NotNeeded($"{connection.Helpdesk.Title} counts a customer's open conversations");
        }

        try
        {
            await record.CheckAsync(connection.Name, cancellationToken);
            return Finding.Ok("Reachable, and the relay may use it");
        }
        catch (ConversationStoreException exception)
        {
            return Finding.FailedBy(exception.Message, LookAtStorage);
        }
    }
}
