namespace HassSocket.Sending;

/// <summary>Commands in the order in which they came. A command stands in one list at a time, and is its own place in it.</summary>
internal sealed class CommandList
{
    private OutgoingCommand? _last;

    public OutgoingCommand? First { get; private set; }

    public int Count { get; private set; }

    public void AddLast(OutgoingCommand command)
    {
        if (command.List is not null) throw new InvalidOperationException($"'{command.Name}' stands in a list already.");
        (command.List, command.Previous) = (this, _last);
        if (_last is null) First = command;
        else _last.Next = command;
        _last = command;
        Count++;
    }

    /// <summary>Takes a command out, if it stands in this list.</summary>
    public bool Remove(OutgoingCommand command)
    {
        if (!ReferenceEquals(command.List, this)) return false;
        if (command.Previous is null) First = command.Next;
        else command.Previous.Next = command.Next;
        if (command.Next is null) _last = command.Previous;
        else command.Next.Previous = command.Previous;
        (command.List, command.Previous, command.Next) = (null, null, null);
        Count--;
        return true;
    }

    /// <summary>Takes out the first one, if its wait is over; in a list of equal waits it is always the first to be.</summary>
    public OutgoingCommand? TakeDue(long now)
    {
        if (First is not { } first || first.Due > now) return null;
        Remove(first);
        return first;
    }

    /// <summary>Takes out all that fulfil a condition, in their order.</summary>
    public List<OutgoingCommand> TakeWhere(Func<OutgoingCommand, bool> condition)
    {
        var taken = new List<OutgoingCommand>();
        for (var command = First; command is not null;)
        {
            var next = command.Next;
            if (condition(command))
            {
                Remove(command);
                taken.Add(command);
            }

            command = next;
        }

        return taken;
    }

    public void Clear()
    {
        while (First is not null) Remove(First);
    }
}
