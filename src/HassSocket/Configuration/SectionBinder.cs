using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HassSocket.Configuration;

/// <summary>Fills the options of one house from the raw text of its configuration section.</summary>
internal sealed partial class SectionBinder(string name, IConfiguration section, ILogger<SectionBinder> logger)
    : IConfigureNamedOptions<HassSocketOptions>
{
    public void Configure(HassSocketOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? optionsName, HassSocketOptions options)
    {
        if (optionsName != name) return;
        WarnOfSurprises();
        var problems = Settings.All.Select(setting => setting.Apply(options, section.GetSection(setting.Name))).OfType<string>().ToArray();
        if (problems.Length > 0) throw new OptionsValidationException(name, typeof(HassSocketOptions), problems);
    }

    private void WarnOfSurprises()
    {
        // The root holds everybody's keys, so nothing there is unknown.
        if (section is not IConfigurationSection named) return;
        if (!named.Exists()) LogMissingSection(logger, named.Path);
        var names = Settings.All.Select(setting => setting.Name).ToArray();
        foreach (var child in named.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (NearestName.Of(child.Key, names) is { } nearest) LogMisspeltKey(logger, child.Path, nearest);
            else LogUnknownKey(logger, child.Path);
        }
    }
}
