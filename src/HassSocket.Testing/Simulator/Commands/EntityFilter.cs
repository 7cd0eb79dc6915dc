using System.IO.Enumeration;
using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Which entities a subscription wants; ids, include and exclude must all agree.</summary>
internal sealed class EntityFilter
{
    private readonly IReadOnlyCollection<string> _ids;
    private readonly Selection? _include;
    private readonly Selection? _exclude;

    private EntityFilter(IReadOnlyCollection<string> ids, Selection? include, Selection? exclude)
        => (_ids, _include, _exclude) = (ids, include, exclude);

    public static EntityFilter Read(CommandRequest request) => new(
        [.. Texts(request["entity_ids"])], Selection.Read(request["include"]), Selection.Read(request["exclude"]));

    /// <summary>Whether an entity belongs to it; no ids at all means every id.</summary>
    public bool Takes(string entityId)
        => (_ids.Count == 0 || _ids.Contains(entityId)) && _include?.Takes(entityId) != false && _exclude?.Takes(entityId) != true;

    private static IEnumerable<string> Texts(JsonElement? value) => value?.ToNode().Texts() ?? [];

    private sealed record Selection(IReadOnlyList<string> Domains, IReadOnlyList<string> Globs, IReadOnlyList<string> Entities)
    {
        public static Selection? Read(JsonElement? value)
        {
            if (value is not { ValueKind: JsonValueKind.Object } given) return null;
            var fields = given.ToObject();
            var selection = new Selection(fields["domains"].Texts(), fields["entity_globs"].Texts(), fields["entities"].Texts());
            return selection.Domains.Count + selection.Globs.Count + selection.Entities.Count == 0 ? null : selection;
        }

        public bool Takes(string entityId)
            => Domains.Any(domain => entityId.StartsWith(domain + ".", StringComparison.Ordinal))
                || Entities.Contains(entityId)
                || Globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, entityId, ignoreCase: false));
    }
}
