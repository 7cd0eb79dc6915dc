using System.Threading.Channels;

namespace HassSocket.Tests.Shared;

/// <summary>An observer whose news the test takes one by one.</summary>
public sealed class Inbox<T> : IObserver<T>
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);
    private readonly Channel<T> _news = Channel.CreateUnbounded<T>();

    /// <summary>Ends when the stream does, with its error if it has one.</summary>
    public Task Completion => _news.Reader.Completion.WaitAsync(Guard);

    /// <summary>Whether the stream has ended.</summary>
    public bool IsOver => _news.Reader.Completion.IsCompleted;

    /// <summary>Whether nothing has come that was not taken.</summary>
    public bool IsEmpty => !_news.Reader.TryPeek(out _);

    public async Task<T> NextAsync() => await _news.Reader.ReadAsync().AsTask().WaitAsync(Guard);

    /// <summary>Takes news until one meets a condition.</summary>
    public async Task<T> NextAsync(Func<T, bool> condition)
    {
        while (true)
        {
            if (await NextAsync() is var news && condition(news)) return news;
        }
    }

    /// <summary>Takes so many news.</summary>
    public async Task<IReadOnlyList<T>> TakeAsync(int count)
    {
        var news = new List<T>(count);
        while (news.Count < count) news.Add(await NextAsync());
        return news;
    }

    /// <summary>Takes what has come, without waiting.</summary>
    public bool TryNext(out T? news) => _news.Reader.TryRead(out news);

    public void OnNext(T value) => _news.Writer.TryWrite(value);

    public void OnError(Exception error) => _news.Writer.TryComplete(error);

    public void OnCompleted() => _news.Writer.TryComplete();
}
