using Microsoft.Extensions.Options;

namespace HassSocket.DependencyInjection;

/// <summary>Checks the options of every house, and says which house is meant.</summary>
internal sealed class HassSocketOptionsValidator : IValidateOptions<HassSocketOptions>
{
    public ValidateOptionsResult Validate(string? name, HassSocketOptions options)
    {
        var problems = options.Validate().Select(problem => string.IsNullOrEmpty(name) ? problem : $"House '{name}': {problem}").ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
