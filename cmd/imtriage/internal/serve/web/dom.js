// What comes from a log was written by strangers: here it becomes text of nodes, never markup.

export const words = JSON.parse(document.getElementById('words').textContent);
export const locale = document.documentElement.lang;

const numbers = new Intl.NumberFormat(locale);
const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(locale, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const number = (n) => numbers.format(n);

export function bytes(n) {
  for (const unit of ['B', 'KiB', 'MiB', 'GiB']) {
    if (n < 1024) return `${short.format(n)} ${unit}`;
    n /= 1024;
  }
  return `${short.format(n)} TiB`;
}

// node makes an element: a class, then children that are nodes or texts.
export function node(name, kind, ...children) {
  const e = document.createElement(name);
  if (kind) e.className = kind;
  e.append(...children);
  return e;
}

// when shows a time of today as a clock, others with their day; the year 1 stands for none.
export function when(text) {
  const t = new Date(text);
  if (!text || t.getUTCFullYear() < 1971) return node('span', '', '–');
  const e = node('time', '', (Date.now() - t < 12 * 3600e3 ? clock : day).format(t));
  e.dateTime = t.toISOString();
  e.title = t.toISOString();
  return e;
}

export const tag = (row) => node('span', `tag ${row.class}`, row.name);

// spark draws counts as bars.
export function spark(counts, kind) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', `spark ${kind}`);
  svg.setAttribute('viewBox', `0 0 ${counts.length * 2} 24`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const top = Math.max(...counts, 1);
  const bars = document.createElementNS(ns, 'path');
  bars.setAttribute('d', counts.map((n, i) => {
    const h = n ? Math.max(2, 24 * n / top) : 0.6;
    return `M${i * 2} ${24 - h}h1.6v${h}h-1.6z`;
  }).join(''));
  svg.append(bars);
  return svg;
}
