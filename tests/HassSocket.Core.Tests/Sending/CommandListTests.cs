using HassSocket.Sending;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class CommandListTests
{
    private readonly CommandList _list = new();

    [Theory]
    [InlineData("a", "b c d")]
    [InlineData("b", "a c d")]
    [InlineData("d", "a b c")]
    public void A_command_leaves_from_wherever_it_stands(string name, string left)
    {
        var commands = Fill("a", "b", "c", "d");
        Assert.True(_list.Remove(commands.Single(command => command.Name == name)));
        Assert.Equal(left, Names());
        Assert.Equal(3, _list.Count);
        _list.AddLast(CommandOf("e"));
        Assert.Equal(left + " e", Names());
    }

    [Fact]
    public void A_command_that_stands_in_another_list_stays_there()
    {
        var command = Fill("a").Single();
        Assert.False(new CommandList().Remove(command));
        Assert.Throws<InvalidOperationException>(() => new CommandList().AddLast(command));
        Assert.True(_list.Remove(command));
        Assert.False(_list.Remove(command));
        Assert.Null(_list.First);
    }

    [Fact]
    public void Those_that_fulfil_a_condition_leave_in_their_order()
    {
        Fill("a", "bb", "c", "dd");
        Assert.Equal(["bb", "dd"], _list.TakeWhere(command => command.Name.Length == 2).Select(command => command.Name));
        Assert.Equal("a c", Names());
    }

    [Fact]
    public void Only_the_first_can_be_due()
    {
        var commands = Fill("a", "b");
        (commands[0].Due, commands[1].Due) = (10, 5);
        Assert.Null(_list.TakeDue(9));
        Assert.Same(commands[0], _list.TakeDue(10));
        Assert.Same(commands[1], _list.TakeDue(10));
        Assert.Null(_list.TakeDue(10));
    }

    [Fact]
    public void A_list_that_was_cleared_lets_go_of_all()
    {
        var commands = Fill("a", "b");
        _list.Clear();
        Assert.Equal(0, _list.Count);
        foreach (var command in commands) _list.AddLast(command);
        Assert.Equal("a b", Names());
    }

    private static OutgoingCommand CommandOf(string name) => new(new CommandEnvelope(name), CommandKind.Request);

    private List<OutgoingCommand> Fill(params IEnumerable<string> names)
    {
        var commands = names.Select(CommandOf).ToList();
        commands.ForEach(_list.AddLast);
        return commands;
    }

    private string Names()
    {
        var names = new List<string>();
        for (var command = _list.First; command is not null; command = command.Next) names.Add(command.Name);
        return string.Join(' ', names);
    }
}
