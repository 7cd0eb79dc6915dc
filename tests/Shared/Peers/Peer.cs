using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace HassSocket.Tests.Shared.Peers;

/// <summary>A script of <c>tests/peers</c> in a Node process of its own: a real client or server, asked and heard by JSON lines.</summary>
/// <remarks>The process ends with this object, and with the test's process, however that ends: its input closes then.</remarks>
internal sealed class Peer : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    // As in JavaScript: names begin small, and what is undefined is left out.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> _asked = [];
    private readonly Dictionary<string, Channel<JsonElement>> _notes = [];
    private readonly Queue<string> _errors = [];
    private readonly Process _process;
    private readonly string _script;
    private readonly Task _reading;
    private Exception? _end;
    private int _lastId;

    private Peer(string node, string script)
    {
        _script = Path.GetFileName(script);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(node, [script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetDirectoryName(script),
            },
        };
        _process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Starts a script by its file name, or skips the test where Node or the packages are missing.</summary>
    public static Peer Start(string script)
    {
        var (node, path) = PeersFolder.Require(script);
        return new Peer(node, path);
    }

    /// <summary>Asks for one of the script's actions, and gives its answer.</summary>
    /// <exception cref="PeerRefusedException">The action failed; the exception holds what it threw.</exception>
    public async Task<JsonElement> AskAsync(string action, object? with = null)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_end is not null) throw _end;
            _asked.Add(++_lastId, answer);

            // Written under the lock, so that lines of two callers never mix.
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { id = _lastId, ask = action, with }, Json));
            _process.StandardInput.Flush();
        }

        return await answer.Task.WaitAsync(Guard);
    }

    /// <summary>The next note of that name that was not given out yet.</summary>
    public async Task<JsonElement> NoteAsync(string name) => await Notes(name).Reader.ReadAsync().AsTask().WaitAsync(Guard);

    /// <summary>Notes of that name which have come and were not given out yet, without waiting.</summary>
    public int CountNotes(string name) => Notes(name).Reader.Count;

    /// <summary>Ends the process, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reading.WaitAsync(Guard);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) Take(line);
        await _process.WaitForExitAsync();
        EndAll();
    }

    private void Take(string line)
    {
        using var message = JsonDocument.Parse(line);
        var root = message.RootElement.Clone();
        if (root.TryGetProperty("note", out var name))
        {
            Notes(name.GetString()!).Writer.TryWrite(root.GetProperty("data"));
            return;
        }

        TaskCompletionSource<JsonElement>? answer;
        lock (_lock) _asked.Remove(root.GetProperty("id").GetInt32(), out answer);
        if (root.TryGetProperty("error", out var error)) answer?.TrySetException(new PeerRefusedException(error));
        else answer?.TrySetResult(root.GetProperty("answer"));
    }

    private Channel<JsonElement> Notes(string name)
    {
        lock (_lock)
        {
            if (_notes.TryGetValue(name, out var notes)) return notes;
            _notes[name] = notes = Channel.CreateUnbounded<JsonElement>();
            if (_end is not null) notes.Writer.TryComplete(_end);
            return notes;
        }
    }

    private void KeepError(string? line)
    {
        if (line is null) return;
        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > 30) _errors.Dequeue();
        }
    }

    private void EndAll()
    {
        string errors;
        lock (_errors) errors = string.Join('\n', _errors);
        lock (_lock)
        {
            _end = new InvalidOperationException($"The peer {_script} has ended with exit code {_process.ExitCode}. Its last errors:\n{errors}");
            foreach (var answer in _asked.Values) answer.TrySetException(_end);
            foreach (var notes in _notes.Values) notes.Writer.TryComplete(_end);
            _asked.Clear();
        }
    }
}
