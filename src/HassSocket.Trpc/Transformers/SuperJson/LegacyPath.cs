namespace HassSocket.Trpc;

/// <summary>Finds what a path of an old encoder means; some of them escape nothing, so a dot may belong to a name.</summary>
internal static class LegacyPath
{
    /// <summary>The first reading of a path that leads somewhere, the one with the longest names first.</summary>
    public static List<string>? Find(object? owner, string text)
    {
        if (Has(owner, text)) return [text];
        for (var dot = text.LastIndexOf('.'); dot >= 0; dot = dot == 0 ? -1 : text.LastIndexOf('.', dot - 1))
        {
            foreach (var name in new[] { text[..dot], text[..dot].Replace("\\.", ".", StringComparison.Ordinal) }.Distinct())
            {
                if (!Has(owner, name)) continue;
                _ = JsGraph.TryGet(owner, name, out var member);
                if (Find(member, text[(dot + 1)..]) is { } rest) return [name, .. rest];
            }
        }

        var plain = text.Replace("\\.", ".", StringComparison.Ordinal);
        return Has(owner, plain) ? [plain] : null;
    }

    private static bool Has(object? owner, string name) => !JsGraph.IsForbidden(name) && JsGraph.TryGet(owner, name, out _);
}
