using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>A <c>for</c> loop.</summary>
internal sealed class TemplateLoop(
    List<string> names, TemplateExpression items, TemplateExpression? filter, TemplateNode body, TemplateNode otherwise)
{
    public void Write(RenderScope scope, StringBuilder output)
    {
        var all = Operators.Items(items(scope), scope);
        if (filter is not null) all = [.. all.Where(item => Takes(scope, item))];
        if (all.Count == 0)
        {
            otherwise(scope, output);
            return;
        }

        for (var i = 0; i < all.Count; i++)
        {
            scope.Turn();
            var (item, index) = (all[i], i);
            scope.Nest(() =>
            {
                Bind(scope, item);
                scope.Set("loop", Position(index, all.Count));
                body(scope, output);
            });
        }
    }

    private bool Takes(RenderScope scope, object? item)
    {
        var takes = false;
        scope.Nest(() =>
        {
            Bind(scope, item);
            takes = PythonValue.IsTrue(filter!(scope));
        });
        return takes;
    }

    private void Bind(RenderScope scope, object? item)
    {
        if (names.Count == 1)
        {
            scope.Set(names[0], item);
            return;
        }

        var parts = Operators.Items(item, scope);
        if (parts.Count != names.Count) throw TemplateErrorException.Value($"not enough values to unpack (expected {names.Count}, got {parts.Count})");
        for (var i = 0; i < names.Count; i++) scope.Set(names[i], parts[i]);
    }

    private static Dictionary<string, object?> Position(int index, int count) => new()
    {
        ["index"] = index + 1L,
        ["index0"] = (long)index,
        ["first"] = index == 0,
        ["last"] = index == count - 1,
        ["length"] = (long)count,
    };
}
