namespace HassSocket.Streams;

/// <summary>News for observers: each has a queue and a turn of its own on the pool, and who joins late hears the latest.</summary>
/// <typeparam name="T">The kind of news; few enough that queues need no limit.</typeparam>
internal sealed class Feed<T>(Action<Exception> onObserverFailed) : IObservable<T>
{
    private readonly Lock _lock = new();
    private readonly HashSet<Subscriber> _subscribers = [];
    private T? _latest;
    private bool _hasLatest;
    private bool _isCompleted;

    /// <summary>Tells everybody; when it returns, the news is in every observer's queue.</summary>
    public void Publish(T news)
    {
        lock (_lock)
        {
            if (_isCompleted) return;
            _latest = news;
            _hasLatest = true;
            foreach (var subscriber in _subscribers) subscriber.Post(news);
        }
    }

    /// <summary>Late comers hear this from now on; who is here already has heard it.</summary>
    public void Remember(T news)
    {
        lock (_lock)
        {
            if (_isCompleted) return;
            _latest = news;
            _hasLatest = true;
        }
    }

    /// <summary>From now on late comers hear nothing until the next news.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _latest = default;
            _hasLatest = false;
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            if (_isCompleted) return;
            _isCompleted = true;
            foreach (var subscriber in _subscribers) subscriber.Complete();
            _subscribers.Clear();
        }
    }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscriber = new Subscriber(this, observer);
        lock (_lock)
        {
            // Joining and hearing the latest are one step: a publication is heard once, before or after, never twice.
            if (_hasLatest) subscriber.Post(_latest!);
            if (_isCompleted) subscriber.Complete();
            else _subscribers.Add(subscriber);
        }

        return subscriber;
    }

    private void Remove(Subscriber subscriber)
    {
        lock (_lock) _subscribers.Remove(subscriber);
    }

    private sealed class Subscriber(Feed<T> feed, IObserver<T> observer) : IDisposable, IThreadPoolWorkItem
    {
        private readonly Lock _lock = new();
        private readonly Queue<T> _queue = new();
        private bool _isRunning;
        private bool _isCompleted;
        private volatile bool _isDisposed;

        public void Post(T news)
        {
            lock (_lock) _queue.Enqueue(news);
            Run();
        }

        public void Complete()
        {
            lock (_lock) _isCompleted = true;
            Run();
        }

        public void Dispose()
        {
            _isDisposed = true;
            feed.Remove(this);
        }

        public void Execute()
        {
            while (TryNext(out var news, out var isOver))
            {
                if (_isDisposed) continue;
                if (isOver) _isDisposed = true;
                Tell(news, isOver);
            }
        }

        private void Run()
        {
            lock (_lock)
            {
                if (_isRunning) return;
                _isRunning = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        private bool TryNext(out T? news, out bool isOver)
        {
            lock (_lock)
            {
                isOver = false;
                if (_queue.TryDequeue(out news)) return true;
                isOver = _isCompleted && !_isDisposed;
                _isRunning = isOver;
                return isOver;
            }
        }

        private void Tell(T? news, bool isOver)
        {
            try
            {
                if (isOver) observer.OnCompleted();
                else observer.OnNext(news!);
            }
            catch (Exception failure)
            {
                feed.Report(failure);
            }
        }
    }

    private void Report(Exception failure) => onObserverFailed(failure);
}
