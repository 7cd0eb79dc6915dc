using System.Threading.Channels;

namespace HassSocket.Core.Tests.Support;

/// <summary>An observer whose news the test takes one by one.</summary>
public sealed class Inbox<T> : IObserver<T>
{
    private readonly Channel<T> _news = Channel.CreateUnbounded<T>();

    public Task Completion => _news.Reader.Completion;

    public async Task<T> NextAsync() => await _news.Reader.ReadAsync().AsTask().WaitAsync(ConnectionFixture.Guard);

    /// <summary>Takes so many news.</summary>
    public async Task<IReadOnlyList<T>> TakeAsync(int count)
    {
        var news = new List<T>(count);
        while (news.Count < count) news.Add(await NextAsync());
        return news;
    }

    public bool TryNext(out T? news) => _news.Reader.TryRead(out news);

    public void OnNext(T value) => _news.Writer.TryWrite(value);

    public void OnError(Exception error) => _news.Writer.TryComplete(error);

    public void OnCompleted() => _news.Writer.TryComplete();
}
