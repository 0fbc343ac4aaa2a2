import { node, number, words, locale } from './dom.js';

// The chart of findings by class. uPlot draws on a canvas, so colours are read from the style sheet anew
// whenever light turns to dark.

const root = document.getElementById('rates');
const place = root.querySelector('.chart');
const step = { spark: Number(document.documentElement.dataset.step), pulse: 1 };
let span = 'spark';
let classes = [];
let now = 0;
let plot = null;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const size = () => ({ width: place.clientWidth, height: place.clientHeight });

function data() {
  const n = classes[0][span].length;
  const last = Math.floor(now / step[span]) * step[span];
  const times = Array.from({ length: n }, (_, i) => last - (n - 1 - i) * step[span]);
  return [times, ...classes.map((c) => c[span])];
}

function build() {
  plot?.destroy();
  const time = (ticks) => ticks.map((t) => new Date(t * 1000).toLocaleTimeString(locale,
    { hour: '2-digit', minute: '2-digit', second: span === 'pulse' ? '2-digit' : undefined, hourCycle: 'h23' }));
  const axis = { stroke: color('soft'), grid: { stroke: color('grid'), width: 1 }, ticks: { stroke: color('grid') }, font: '12px system-ui' };
  plot = new uPlot({
    ...size(), legend: { show: false }, cursor: { show: false }, padding: [8, 8, 0, 0],
    scales: { y: { range: (_, low, high) => [0, Math.max(high * 1.1, 4)] } },
    axes: [
      { ...axis, values: (_, ticks) => time(ticks), space: 70 },
      { ...axis, size: 52, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7, 1e8], values: (_, ticks) => ticks.map(number) },
    ],
    series: [{}, ...classes.map((c) => ({
      stroke: color(c.class), fill: `${color(c.class)}22`, width: 2, points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }),
    }))],
  }, data(), place);
}

function legend() {
  root.querySelector('.legend').replaceChildren(...classes.map((c) => {
    const e = node('li', c.class, node('i'), `${c.name} `, node('b', '', number(c.total)), ` · ${number(c.per_minute)}${words.per_minute}`);
    e.dataset.class = c.class;
    return e;
  }));
}

export function drawClasses(list, at) {
  classes = list;
  now = at;
  legend();
  if (plot) plot.setData(data());
  else build();
}

for (const b of root.querySelectorAll('.switch button')) {
  b.addEventListener('click', () => {
    span = b.dataset.span;
    for (const o of root.querySelectorAll('.switch button')) o.setAttribute('aria-pressed', String(o === b));
    if (classes.length) build();
  });
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (classes.length) build(); });
new ResizeObserver(() => plot?.setSize(size())).observe(place);
