import { words } from './dom.js';
import { drawClasses } from './chart.js';
import { drawCodes, drawHead, drawHealth, drawInputs, drawNewest, drawNotes, drawVerdicts } from './rows.js';

// The page keeps the newest data of each part and draws those that changed, once a frame. While it is
// paused it goes on keeping, and shows, filters and explains what was there when it was paused.

const status = document.getElementById('status');
const filter = document.getElementById('filter');
const clear = document.getElementById('clear');
const pause = document.getElementById('pause');
const parts = {};
let view = parts;
const changed = new Set();
let paused = false;
let connected = 'connecting';
let waiting = 0;

function tell() {
  const state = paused && connected === 'live' ? 'paused' : connected;
  if (status.dataset.state === state) return;
  status.dataset.state = state;
  status.querySelector('span').textContent = words[state];
}

function pick(text) {
  filter.value = text;
  changed.add('newest').add('codes');
  draw();
}

const drawing = {
  head: () => drawHead(view.head),
  classes: () => drawClasses(view.classes, Date.parse(view.head.now) / 1000),
  codes: () => drawCodes(view.codes, view.head.more_codes, pick),
  verdicts: () => drawVerdicts(view.verdicts),
  newest: () => { clear.hidden = !filter.value; drawNewest(view.newest, filter.value); },
  inputs: () => drawInputs(view.inputs),
  notes: () => drawNotes(view.notes),
  health: () => drawHealth(view.health),
};

function draw() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    for (const name of Object.keys(drawing)) {
      if (changed.has(name) && view[name]) drawing[name]();
    }
    changed.clear();
    document.body.dataset.drawn = view.head?.now ?? '';
  });
}

function connect() {
  const query = new URLSearchParams({ lang: document.documentElement.lang.slice(0, 2) });
  const source = new EventSource(`/events?${query}`);
  source.onopen = () => { connected = 'live'; tell(); };
  source.onerror = () => {
    connected = 'cut_off';
    tell();
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000); // a refusal is not tried again by itself
  };
  for (const name of Object.keys(drawing)) {
    source.addEventListener(name, (e) => {
      parts[name] = JSON.parse(e.data);
      changed.add(name);
      if (!paused) draw();
    });
  }
}

pause.addEventListener('click', () => {
  paused = !paused;
  pause.setAttribute('aria-pressed', String(paused));
  pause.textContent = paused ? words.resume : words.pause;
  tell();
  view = paused ? { ...parts } : parts;
  for (const name of Object.keys(drawing)) changed.add(name);
  draw();
});
filter.addEventListener('input', () => { changed.add('newest'); draw(); });
clear.addEventListener('click', () => { pick(''); filter.focus(); });

// The token came with the address once and is a cookie by now: it need not be seen or bookmarked.
const here = new URL(location.href);
if (here.searchParams.has('token')) {
  here.searchParams.delete('token');
  history.replaceState(null, '', here);
}
connect();
