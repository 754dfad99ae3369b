using System.Text;
using KlaviyoRelay.Tests.Contracts;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>A command that the page copied. A shell takes it apart; what curl would do with it is done here, as not every machine has curl.</summary>
internal static class CopiedCurl
{
    /// <summary>The answer's body.</summary>
    public static async Task<string> SendAsync(string command)
    {
        var (_, output) = await Script.RunAsync("sh", ["-c", $"printf '%s\\n' {command}"]);
        var words = output.Trim().Split('\n');
        (words.Length, words[0], words[1], words[3], words[4], words[5], words[7]).ShouldBe((9, "curl", "-sS", "-H", "Content-Type: application/json", "-H", "-d"));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, words[2]) { Content = new StringContent(words[8], Encoding.UTF8, "application/json") };
        var token = words[6].Split(": ");
        request.Headers.Add(token[0], token[1]);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
