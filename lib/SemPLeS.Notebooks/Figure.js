(() => {
  const oneLine = 26, narrow = 480, pen = document.createElement('canvas').getContext('2d');
  const broken = (text, width, size) => {
    pen.font = `${size}px system-ui, "Segoe UI", "DejaVu Sans", sans-serif`;
    return text.split(' ').reduce((lines, word) => {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      return lines.length && pen.measureText(longer).width <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
    }, []);
  };
  const sources = [document.querySelector('meta[name="plotly"]')?.content, '../artifacts/notebooks/plotly-cartesian-2.26.2.min.js', 'https://cdn.plot.ly/plotly-cartesian-2.26.2.min.js'].filter(Boolean);
  const viaTag = source => new Promise((done, fail) => document.head.append(Object.assign(document.createElement('script'), { src: source, onload: () => window.Plotly ? done(window.Plotly) : fail(), onerror: fail })));
  const viaRequire = source => new Promise((done, fail) => window.requirejs.config({ context: source, paths: { plotly: source.replace(/\.js$/, '') } })(['plotly'], done, fail));
  const get = async () => {
    for (const source of window.Plotly ? [] : sources) {
      try { return await (window.requirejs?.config ? viaRequire : viaTag)(source); } catch { }
    }
    return window.Plotly;
  };
  const themed = (figure, ink) => {
    const faint = alpha => ink.replace(/^rgba?\((\d+), (\d+), (\d+).*$/, `rgba($1,$2,$3,${alpha})`);
    const layout = { ...figure.layout, autosize: true, width: undefined, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: { ...figure.layout.font, color: ink }, modebar: { bgcolor: 'rgba(0,0,0,0)', color: faint(.5), activecolor: ink } };
    for (const key of Object.keys(layout).filter(key => /^[xy]axis/.test(key))) {
      layout[key] = { ...layout[key], gridcolor: faint(.15), zerolinecolor: faint(.35), linecolor: faint(.5), tickcolor: faint(.5) };
    }
    layout.sliders = layout.sliders?.map(slider => ({ ...slider, bgcolor: faint(.25), activebgcolor: faint(.6), bordercolor: faint(.4), tickcolor: faint(.5) }));
    return { data: figure.data.map(trace => trace.error_y || trace.error_x ? { ...trace, error_x: { ...trace.error_x, color: ink }, error_y: { ...trace.error_y, color: ink } } : trace), layout };
  };
  const draw = Plotly => document.querySelectorAll('.semples-figure:not([data-live])').forEach(box => {
    box.dataset.live = '';
    const figure = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
    const still = box.querySelector('.still'), live = box.appendChild(document.createElement('div'));
    let ink;
    const paint = () => {
      const now = getComputedStyle(box).color;
      if (now === ink || !box.isConnected) return;
      const { data, layout } = themed(figure, ink = now);
      room = '';
      Plotly.react(live, data, layout, { responsive: true, displaylogo: false }).then(() => { if (!still.hidden) live.on('plotly_afterplot', makeRoom); still.hidden = true; makeRoom(); }, () => live.remove());
    };
    // On a narrow page a title, the names of rows and a legend take several lines, and upright names of columns take height from the plot.
    const title = figure.layout.title?.text ?? '', top = figure.layout.margin?.t ?? 0, isOfNames = figure.layout.xaxis?.type === 'category', rows = figure.data[0].type === 'heatmap' && figure.data[0].y;
    let room = '', normal;
    const makeRoom = () => {
      const width = live.clientWidth, lines = broken(title, width - 24, 16), legend = live.querySelector('.legend .bg')?.getBBox().height ?? 0;
      const more = 20 * (lines.length - 1) + (legend > oneLine ? Math.ceil(legend - oneLine) + 12 : 0), below = width < narrow && isOfNames ? 120 : 0;
      if (!top || room === (room = [width, more].join())) return;
      normal ??= live._fullLayout.height;
      const height = normal + more + below;
      const names = rows ? { 'yaxis.tickmode': 'array', 'yaxis.tickvals': rows, 'yaxis.ticktext': rows.map(name => broken(name, width * .25, 13).join('<br>')) } : {};
      Plotly.relayout(live, { 'margin.t': top + more, height, 'title.text': lines.join('<br>'), 'title.y': 1 - (top / 2 + 10 * (lines.length - 1)) / height, ...names });
    };
    paint();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(paint, 100));
    new MutationObserver(() => setTimeout(paint, 100)).observe(document.body, { attributes: true });
  });
  const start = () => (window.semplesPlotly ??= get()).then(Plotly => Plotly ? draw(Plotly) : window.semplesPlotly = undefined);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
})();
