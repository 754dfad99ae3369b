namespace KlaviyoRelay.Tests.Privacy;

/// <summary>Personal data and secrets that occur nowhere else, so that each can be found wherever it goes.</summary>
internal static class PersonalData
{
    public const string Name = "Zqgiven Zqfamily";
    public const string Phone = "+4915199887766";
    public const string Text = "Zqtext of the message";
    public const string Subject = $"Zqsubject, answer to zqother@zqhost.example";
    public const string WrongPassword = "zqwrong-password";

    /// <summary>What must be in nothing that the relay tells; compared without regard to case.</summary>
    public static readonly string[] Markers = ["zqgiven", "zqfamily", "15199887766", "zqtext", "zqsubject", "zqother", "zqemail", "zqhost", "zqwrong"];

    public static string Email(string what) => $"zqemail-{what}@zqhost.example";
}
