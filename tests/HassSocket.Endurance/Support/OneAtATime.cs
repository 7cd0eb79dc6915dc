using Xunit;

// The histories watch the thread pool of the process: nothing else may use it meanwhile.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
