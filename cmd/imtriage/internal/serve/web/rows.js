import { bytes, node, number, spark, tag, when, words } from './dom.js';

// Each function draws one part of a snapshot into its section.

const $ = (selector) => document.querySelector(selector);
const counted = (n, one, many) => (n === 1 ? one : many.replace('#', number(n)));

function verdict(v, open) {
  const facts = node('p', 'facts', counted(v.count, words.findings_1, words.findings_n));
  if (v.users) facts.append(` · ${counted(v.users, words.users_1, words.users_n)}`);
  facts.append(` · ${words.since} `, when(v.since));
  if (v.until) facts.append(` · ${words.until} `, when(v.until));
  if (v.group) facts.append(` · ${v.group}`);
  const out = node('article', `verdict ${v.class}${v.open ? '' : ' closed'}`,
    node('h3', '', tag(v), node('span', '', v.title)), facts);
  out.dataset.key = `${v.rule} ${v.group ?? ''}`;
  if (v.remedy.length) {
    out.append(node('ol', '', ...v.remedy.map((s) => node('li', '', node('b', '', s.who), ` ${s.do}`))));
  }
  if (v.evidence.length) {
    const more = node('details', '', node('summary', '', words.evidence), ...v.evidence.map((e) => node('pre', '', e)));
    more.open = open.has(out.dataset.key);
    out.append(more);
  }
  return out;
}

export function drawVerdicts(list) {
  const root = $('#verdicts');
  const open = new Set([...root.querySelectorAll('article details[open]')].map((d) => d.closest('article').dataset.key));
  const stand = list.filter((v) => v.open);
  const over = list.filter((v) => !v.open);
  root.querySelector('h2 .n').textContent = stand.length ? number(stand.length) : '';
  root.querySelector(':scope > .list').replaceChildren(...(stand.length
    ? stand.map((v) => verdict(v, open)) : [node('p', 'empty', words.no_verdicts)]));
  const cleared = root.querySelector('.cleared');
  cleared.hidden = !over.length;
  cleared.querySelector('.n').textContent = number(over.length);
  cleared.querySelector('.list').replaceChildren(...over.map((v) => verdict(v, open)));
}

const explained = new Set();

function cell(kind, word, ...children) {
  const e = node('td', kind, ...children);
  if (word) e.dataset.word = word;
  return e;
}

function code(c, pick) {
  const b = node('button', 'code', String(c.code));
  b.type = 'button';
  b.addEventListener('click', () => {
    const key = `${c.family}/${c.code}`;
    if (!explained.delete(key)) explained.add(key);
    pick(explained.has(key) ? String(c.code) : '');
  });
  const text = cell('', '', c.title);
  if (c.fix && explained.has(`${c.family}/${c.code}`)) text.append(node('span', 'fix', c.fix));
  const row = node('tr', '', cell('', '', b, ' ', node('small', '', c.family)), cell('', '', tag(c)), text,
    cell('num', '', number(c.count)), cell('num', words.users, c.users ? number(c.users) : '–'),
    cell(c.class, '', spark(c.spark, c.class)), cell('when', '', when(c.last)));
  row.dataset.code = `${c.family}/${c.code}`;
  return row;
}

export function drawCodes(list, more, pick) {
  const root = $('#codes');
  const focus = document.activeElement?.closest?.('#codes tr')?.dataset.code;
  root.querySelector('tbody').replaceChildren(...list.map((c) => code(c, pick)));
  if (focus) [...root.querySelectorAll('tbody tr')].find((r) => r.dataset.code === focus)?.querySelector('button').focus();
  root.querySelector('.empty').hidden = list.length > 0;
  const rest = root.querySelector('.more');
  rest.hidden = !more;
  rest.textContent = `${number(more)} ${words.more_codes}`;
}

export function drawNewest(list, filter) {
  const root = $('#newest');
  const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (f) => {
    const text = `${f.code} ${f.family} ${f.class} ${f.name} ${f.title} ${f.source} ${f.text}`.toLowerCase();
    return terms.every((t) => text.includes(t));
  };
  const shown = list.filter(fits);
  root.querySelector('.list').replaceChildren(...shown.map((f) => node('li', f.class,
    node('div', 'top', when(f.time), tag(f), node('b', '', String(f.code)), node('span', '', f.title),
      node('span', 'at', f.line ? `${f.source}:${f.line}` : f.source)),
    node('code', '', f.text))));
  const empty = root.querySelector('.empty');
  empty.hidden = shown.length > 0;
  empty.textContent = list.length ? words.no_match : words.no_newest;
}

export function drawInputs(list) {
  const root = $('#inputs');
  root.querySelector('h2 .n').textContent = list.length > 1 ? number(list.length) : '';
  root.querySelector('tbody').replaceChildren(...list.map((r) => {
    const state = cell('', '', words[`state_${r.state}`] ?? r.state);
    if (r.problem) state.append(' ', node('span', 'problem', r.problem));
    return node('tr', '', cell('', '', r.name), state, cell('num', words.lag, bytes(r.lag)), cell('num', words.size, bytes(r.size)),
      cell('num', words.lines, number(r.lines)), cell('num', words.rotations, number(r.rotations)));
  }));
  root.querySelector('.empty').hidden = list.length > 0;
  $('[data-total=lag]').textContent = bytes(list.reduce((n, r) => n + r.lag, 0));
}

export function drawNotes(list) {
  $('#notes').hidden = !list.length;
  $('#notes ul').replaceChildren(...list.map((n) => node('li', '', n)));
}

export function drawHealth(h) {
  const e = $('#health');
  e.hidden = h.status === 'ok';
  e.dataset.state = h.status;
  e.textContent = `${words[h.status] ?? h.status}: ${h.reasons.join(' · ')}`;
}

export function drawHead(h) {
  for (const k of ['lines', 'findings', 'ok']) $(`[data-total=${k}]`).textContent = number(h[k]);
  $('#started').replaceWith(Object.assign(when(h.started), { id: 'started' }));
}
