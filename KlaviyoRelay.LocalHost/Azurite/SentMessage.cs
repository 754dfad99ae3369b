using System.Xml;
using System.Xml.Linq;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>What changes or deletes a message that was just sent, even while nobody can receive it.</summary>
internal sealed record SentMessage(string Id, string PopReceipt)
{
    /// <summary>Null when the answer can't be read: the message is sent all the same.</summary>
    public static SentMessage? Read(string answer)
    {
        try
        {
            var message = XDocument.Parse(answer).Descendants("QueueMessage").FirstOrDefault();
            return message?.Element("MessageId")?.Value is { } id && message.Element("PopReceipt")?.Value is { } receipt
                ? new SentMessage(id, receipt)
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
