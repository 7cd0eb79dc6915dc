using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The ways to say one colour: temperature, RGB, hue and saturation, xy; a light tells all of them.</summary>
internal static class LightColor
{
    public static void SetKelvin(JsonObject attributes, int kelvin)
    {
        var (red, green, blue) = OfKelvin(kelvin);
        Set(attributes, "color_temp", kelvin, red, green, blue);
    }

    public static void SetRgb(JsonObject attributes, JsonArray rgb)
        => Set(attributes, "hs", null, rgb[0].Number() ?? 0, rgb[1].Number() ?? 0, rgb[2].Number() ?? 0);

    public static void SetHueAndSaturation(JsonObject attributes, JsonArray hs)
    {
        var (red, green, blue) = OfHueAndSaturation(hs[0].Number() ?? 0, hs[1].Number() ?? 0);
        Set(attributes, "hs", null, red, green, blue);
    }

    private static void Set(JsonObject attributes, string mode, int? kelvin, double red, double green, double blue)
    {
        var (r, g, b) = ((int)Math.Round(red), (int)Math.Round(green), (int)Math.Round(blue));
        var (hue, saturation) = HueAndSaturation(red, green, blue);
        var (x, y) = Xy(r, g, b);
        attributes["color_mode"] = mode;
        attributes["color_temp_kelvin"] = kelvin;
        attributes["hs_color"] = new JsonArray(Double(hue), Double(saturation));
        attributes["rgb_color"] = new JsonArray(r, g, b);
        attributes["xy_color"] = new JsonArray(Double(x), Double(y));
    }

    /// <summary>A whole number keeps its <c>.0</c>, as Python writes it.</summary>
    private static JsonNode Double(double value) => JsonNode.Parse(PythonText.Number(Math.Round(value, 3)))!;

    /// <summary>Tanner Helland's approximation of the colour of a black body.</summary>
    private static (double Red, double Green, double Blue) OfKelvin(int kelvin)
    {
        var t = Math.Clamp(kelvin, 1000, 40000) / 100.0;
        var red = t <= 66 ? 255 : 329.698727446 * Math.Pow(t - 60, -0.1332047592);
        var green = t <= 66 ? 99.4708025861 * Math.Log(t) - 161.1195681661 : 288.1221695283 * Math.Pow(t - 60, -0.0755148492);
        var blue = t >= 66 ? 255 : t <= 19 ? 0 : 138.5177312231 * Math.Log(t - 10) - 305.0447927307;
        return (Math.Clamp(red, 0, 255), Math.Clamp(green, 0, 255), Math.Clamp(blue, 0, 255));
    }

    private static (double Hue, double Saturation) HueAndSaturation(double red, double green, double blue)
    {
        var max = Math.Max(red, Math.Max(green, blue));
        var range = max - Math.Min(red, Math.Min(green, blue));
        if (range == 0) return (0, 0);
        var hue = max == red ? (green - blue) / range % 6 : max == green ? (blue - red) / range + 2 : (red - green) / range + 4;
        return ((hue * 60 + 360) % 360, range / max * 100);
    }

    private static (double Red, double Green, double Blue) OfHueAndSaturation(double hue, double saturation)
    {
        double Channel(double n)
        {
            var k = (n + hue / 60) % 6;
            return 255 * (1 - saturation / 100 * Math.Max(0, Math.Min(Math.Min(k, 4 - k), 1)));
        }

        return (Channel(5), Channel(3), Channel(1));
    }

    /// <summary>sRGB to CIE xy over the wide-gamut matrix for D65.</summary>
    private static (double X, double Y) Xy(int red, int green, int blue)
    {
        static double Linear(int channel)
        {
            var value = channel / 255.0;
            return value > 0.04045 ? Math.Pow((value + 0.055) / 1.055, 2.4) : value / 12.92;
        }

        var (r, g, b) = (Linear(red), Linear(green), Linear(blue));
        var x = r * 0.664511 + g * 0.154324 + b * 0.162028;
        var y = r * 0.283881 + g * 0.668433 + b * 0.047685;
        var z = r * 0.000088 + g * 0.072310 + b * 0.986039;
        var sum = x + y + z;
        return sum == 0 ? (0, 0) : (x / sum, y / sum);
    }
}
