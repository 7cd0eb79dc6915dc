using System.Diagnostics.CodeAnalysis;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Home Assistant refused a command, or failed while it ran it; the connection lives on.</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"type":"result","success":false,"error":{"code":"not_found","message":"…"}}</c>, and sometimes
/// <c>translation_key</c>, <c>translation_domain</c> and <c>translation_placeholders</c>. Decide by <see cref="CommandFailedException.Code"/>
/// or <see cref="CommandFailedException.TranslationKey"/>: texts differ between versions of the server.
/// </remarks>
public sealed class HassCommandException : CommandFailedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="command">The command's type; <see langword="null"/> when the server did not say which.</param>
    /// <param name="code">The server's code, such as <c>not_found</c>.</param>
    /// <param name="serverMessage">The server's own text.</param>
    /// <param name="translationKey">The key of that text in the server's translations.</param>
    [SetsRequiredMembers]
    public HassCommandException(string? command, string code, string serverMessage, string? translationKey = null)
        : base(RefusalText.Describe(command, code, serverMessage, translationKey))
    {
        Command = command;
        Code = code;
        ServerMessage = serverMessage;
        TranslationKey = translationKey;
    }

    /// <summary>The integration whose translations hold the key; <see langword="null"/> where there is none.</summary>
    public string? TranslationDomain { get; init; }

    /// <summary>The values that belong into the translated text, as text.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, string> TranslationPlaceholders { get; init; } = new Dictionary<string, string>();
}
