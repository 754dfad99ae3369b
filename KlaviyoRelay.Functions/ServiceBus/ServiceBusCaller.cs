namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>Who uses Service Bus, in the words of an error's advice.</summary>
/// <param name="Address">What names the namespace.</param>
/// <param name="Identity">What names the identity.</param>
/// <param name="Refused">That it may not use a queue.</param>
/// <param name="Roles">The roles to give.</param>
/// <param name="NotSignedIn">That it has no sign-in.</param>
/// <param name="SignIn">What to do about that.</param>
internal sealed record ServiceBusCaller(string Address, string Identity, string Refused, string Roles, string NotSignedIn, string SignIn)
{
    private const string Sender = "Azure Service Bus Data Sender";

    /// <summary>The Functions app.</summary>
    public static readonly ServiceBusCaller App = new(
        "ServiceBusConnection__fullyQualifiedNamespace",
        "AZURE_CLIENT_ID",
        "Service Bus let the relay send nothing to",
        $"give the app's identity the role {Sender}",
        "The relay can't sign in to Service Bus for",
        $"check AZURE_CLIENT_ID, and that this identity has the role {Sender}");

    /// <summary>A person on the command line.</summary>
    public static readonly ServiceBusCaller Operator = new(
        "--namespace",
        "your sign-in",
        "Service Bus does not let you use",
        $"give your account the roles {Sender} and Azure Service Bus Data Receiver on the namespace",
        "You are not signed in to Azure, which is needed for",
        "run 'az login'");
}
