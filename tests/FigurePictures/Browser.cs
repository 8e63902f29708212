using System.Text;
using System.Text.RegularExpressions;

namespace SemPLeS.FigurePictures;

/// <summary>Headless Chromium with plotly.js.</summary>
/// <param name="program">Chromium's program.</param>
/// <param name="plotly">Path of plotly.min.js.</param>
internal sealed partial class Browser(string program, string plotly)
{
    /// <summary>Pixels of a picture for one CSS pixel: sharp on dense screens at a size that notebooks bear.</summary>
    private const double Scale = 1.5;

    /// <summary>Draws figures.</summary>
    /// <returns>PNG files, one for each figure.</returns>
    /// <exception cref="InvalidOperationException">Chromium failed, or plotly refused a figure; the message has what it said.</exception>
    public IReadOnlyList<byte[]> Draw(IReadOnlyList<FigureBlock> figures)
    {
        if (figures.Count == 0)
            return [];
        var folder = Directory.CreateTempSubdirectory("figure-pictures").FullName;
        try
        {
            var page = Path.Combine(folder, "page.html");
            File.WriteAllText(page, Page(figures));
            var dom = Dom(page, Path.Combine(folder, "profile"));
            if (Complaint().Match(dom) is { Success: true } complaint)
                throw new InvalidOperationException($"plotly can't draw '{figures[Picture().Count(dom)].Title}': {complaint.Groups[1].Value}");
            byte[][] pictures = [.. Picture().Matches(dom).Select(match => Convert.FromBase64String(match.Groups[1].Value))];
            return pictures.Length == figures.Count ? pictures : throw new InvalidOperationException($"Chromium drew {pictures.Length} of {figures.Count} figures.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Page(IReadOnlyList<FigureBlock> figures) =>
        $$"""
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"><script src="{{new Uri(plotly).AbsoluteUri}}"></script></head><body>
        {{string.Join('\n', figures.Select(figure => $"<script type=\"application/json\" data-width=\"{figure.Width}\" data-height=\"{figure.Height}\">{figure.Json}</script>"))}}
        <script>
        (async () => {
          const say = (name, text) => document.body.append(Object.assign(document.createElement('pre'), { className: name, textContent: text }));
          try {
            for (const source of document.querySelectorAll('script[type="application/json"]')) {
              const figure = JSON.parse(source.textContent), size = { width: +source.dataset.width, height: +source.dataset.height };
              source.remove();
              const faults = (Plotly.validate(figure.data, figure.layout) ?? []).filter(fault => fault.code !== 'unused' && fault.code !== 'dynamic');
              if (faults.length) throw faults.map(fault => fault.msg).join('; ');
              const place = document.body.appendChild(document.createElement('div'));
              await Plotly.newPlot(place, figure.data, { ...figure.layout, ...size, autosize: false });
              const picture = await Plotly.toImage(place, { format: 'png', scale: {{Scale.ToString(System.Globalization.CultureInfo.InvariantCulture)}}, ...size });
              place.remove();
              say('picture', picture);
            }
          } catch (error) { say('complaint', String(error)); }
        })();
        </script>
        </body></html>
        """;

    private string Dom(string page, string profile) => Encoding.UTF8.GetString(ExternalProgram.Run(
        program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--user-data-dir={profile}", "--virtual-time-budget=120000", "--dump-dom", new Uri(page).AbsoluteUri,
        ],
        []));

    [GeneratedRegex("""<pre class="picture">data:image/png;base64,([A-Za-z0-9+/=]+)</pre>""")]
    private static partial Regex Picture();

    [GeneratedRegex("""<pre class="complaint">(.*?)</pre>""", RegexOptions.Singleline)]
    private static partial Regex Complaint();
}
