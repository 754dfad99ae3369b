using System.Text;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Customers of Kustomer and what it says of them, as the simulator writes it.</summary>
internal static class KustomerCustomers
{
    public const string Id = "6717c29de5b1f00012ab34b9";

    public static (string Name, string? Value)[] Settings { get; } =
    [
        ("Relay__Connections__kustomer__Kustomer__CustomerFields", "email,phone,name,locale,organization"),
        ("Relay__Connections__kustomer__Kustomer__CustomerProperties", "loyaltyTierStr=Loyalty tier,pointsNum"),
        ("Secrets__conversationRecordKey", "0123456789abcdef"),
    ];

    public static Customer Jane { get; } = new(Id)
    {
        Name = "Jane Doe",
        Emails = [new("shared@shop.example", Shared: true), new("jane@shop.example"), new("jane@work.example", Verified: true)],
        Fields = new CustomerFields
        {
            FirstName = "Jane",
            LastName = "Doe",
            CompanyName = "Acme",
            Locale = "en_us",
            ExternalId = "crm-10427",
            Phones = ["+15555550123"],
            Custom = Encoding.UTF8.GetBytes("""{"loyaltyTierStr":"gold","pointsNum":7,"noteTxt":"private"}"""),
        },
    };

    /// <summary>The customer after a change.</summary>
    public static Customer Then(this Customer before, Func<Customer, Customer> change) => change(before) with { Rev = before.Rev + 1, Before = before };

    /// <summary>With other custom attributes.</summary>
    public static Customer Custom(this Customer before, string json) =>
        before.Then(customer => customer with { Fields = customer.Fields with { Custom = Encoding.UTF8.GetBytes(json) } });

    public static string Webhook(this Customer customer) => Encoding.UTF8.GetString(KustomerWebhook.Of(customer, [], TestClock.Start).Span);

    /// <summary>What Kustomer answers when it is asked for the customer.</summary>
    public static string Document(this Customer customer) => Encoding.UTF8.GetString(KustomerDocuments.Customer(customer, []).Body.Span);
}
