// The jobs of the mock. The files of a job follow from a formula, so that a million rows cost nothing.

const HOSTS = ['data.example.org', 'mirror.example.net', 'archive.example.edu', 'cdn.example.com'];
const FAILURES = [
  {code: 'http-404', reason: 'The server has no such file (404)', nextStep: 'Check the address, or leave the row out.'},
  {code: 'checksum', reason: 'SHA-256 differs from the list', nextStep: 'The file changed on the server: get a newer list.'},
  {code: 'timeout', reason: 'No bytes for 30 s', nextStep: 'Retry later; the server may be busy.'},
];
export const STATES = ['pending', 'held', 'active', 'retrying', 'completed', 'skipped', 'failed', 'cancelled'];
const OVER = ['done', 'done-with-failures', 'cancelled'];

const mix = (n) => {
  let x = (n * 2654435761) >>> 0;
  x ^= x >>> 15;
  return (x * 2246822519) >>> 0;
};

let lastId = 0;

export class MockJob {
  constructor(fields) {
    this.id = fields.id ?? `job${String(++lastId).padStart(4, '0')}`;
    this.name = fields.name;
    this.note = fields.note ?? null;
    this.owner = fields.owner;
    this.ownerName = fields.ownerName;
    this.state = fields.state ?? 'queued';
    this.reason = fields.reason ?? null;
    this.since = fields.since ?? new Date().toISOString();
    this.until = fields.until ?? null;
    this.hint = fields.hint ?? null;
    this.priority = fields.priority ?? 0;
    this.position = 0;
    this.created = fields.created ?? new Date().toISOString();
    this.started = fields.started ?? null;
    this.ended = fields.ended ?? null;
    this.folder = fields.folder ?? this.name;
    this.limits = {files: null, connections: null, perHost: null, segments: null, rate: null, ...fields.limits};
    this.schedule = fields.schedule ?? null;
    this.urls = fields.urls ?? null;
    this.rows = fields.urls ? fields.urls.length : fields.rows;
    this.failEvery = fields.failEvery ?? 0;
    this.width = fields.width ?? 12;
    this.speed = fields.speed ?? 3;
    this.sizeBase = fields.sizeBase ?? 3_000_000;
    // Rows up to here have ended.
    this.ended_rows = fields.endedRows ?? (OVER.includes(this.state) ? this.rows : 0);
    this.turn = 0;
    this.own = new Map();
    this.log = [];
    this.say('INFO', `job ${this.id} is stored: ${this.rows} rows`);
  }

  say(level, text) {
    this.log.push(`${new Date().toISOString()} ${level} ${text}`);
  }

  get active() {
    return this.state === 'running' ? Math.min(this.width, this.rows - this.ended_rows) : 0;
  }

  size(row) {
    return 20_000 + (mix(row + this.rows) % this.sizeBase);
  }

  stateOf(row) {
    const own = this.own.get(row);
    if (own) return own;
    if (row <= this.ended_rows) {
      if (this.failEvery > 0 && row % this.failEvery === 0) return 'failed';
      return row % 41 === 0 ? 'skipped' : 'completed';
    }
    if (this.state === 'cancelled') return 'cancelled';
    if (row <= this.ended_rows + this.active) return row % 9 === 0 ? 'retrying' : 'active';
    return 'pending';
  }

  nameOf(row) {
    if (this.urls) return decodeURIComponent(new URL(this.urls[row - 1]).pathname.split('/').pop() || 'index.html');
    return `${this.name.split(' ')[0].toLowerCase()}/${String(Math.floor(row / 1000)).padStart(4, '0')}/part-${String(row).padStart(7, '0')}.parquet`;
  }

  hostOf(row) {
    return this.urls ? new URL(this.urls[row - 1]).host : HOSTS[mix(row) % HOSTS.length];
  }

  file(row) {
    const state = this.stateOf(row);
    const size = this.size(row);
    const share = state === 'active' ? ((mix(row) % 50) / 100 + (this.turn % 40) / 80) % 1 : state === 'retrying' ? 0.3 : 0;
    const whole = state === 'completed' || state === 'skipped';
    const done = whole ? size : Math.floor(size * share);
    const failure = state === 'failed' ? FAILURES[row % 3] : null;
    const quarter = Math.floor(size / 4);
    const pieces = [0, 1, 2, 3].map((i) => [i * quarter, i * quarter + Math.floor(quarter * Math.min(1, share * (1 + i / 8))), i === 3 ? size : (i + 1) * quarter]);
    return {
      row,
      name: this.nameOf(row),
      url: this.urls ? this.urls[row - 1] : `https://${this.hostOf(row)}/${this.nameOf(row)}`,
      host: this.hostOf(row),
      state,
      size,
      done,
      rate: state === 'active' ? 200_000 + (mix(row + this.turn) % 4_000_000) : 0,
      attempts: state === 'pending' || state === 'held' ? 0 : state === 'retrying' ? 2 : failure ? 4 : 1,
      connections: state === 'active' ? 4 : 0,
      code: failure?.code ?? null,
      reason: failure?.reason ?? (state === 'retrying' ? 'Connection reset; next try in 4 s' : state === 'held' ? 'Held by hand' : null),
      nextStep: failure?.nextStep ?? null,
      proof: whole ? 'SHA-256 as in the list' : null,
      ended: whole || failure ? new Date(Date.now() - 60_000).toISOString() : null,
      pieces: state === 'active' && size > 1_000_000 ? pieces : [],
    };
  }

  counts() {
    const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
    const e = this.ended_rows;
    const failed = this.failEvery > 0 ? Math.floor(e / this.failEvery) : 0;
    const both = this.failEvery > 0 ? Math.floor(e / lcm(41, this.failEvery)) : 0;
    counts.failed = failed;
    counts.skipped = Math.floor(e / 41) - both;
    counts.completed = e - failed - counts.skipped;
    let retrying = 0;
    for (let row = e + 1; row <= e + this.active; row++) if (row % 9 === 0) retrying++;
    counts.retrying = retrying;
    counts.active = this.active - retrying;
    const rest = this.rows - e - this.active;
    counts[this.state === 'cancelled' ? 'cancelled' : 'pending'] = rest;
    for (const [row, state] of this.own) {
      this.own.delete(row);
      counts[this.stateOf(row)]--;
      this.own.set(row, state);
      counts[state]++;
    }
    return counts;
  }

  json() {
    const counts = this.counts();
    const mean = this.sizeBase / 2 + 20_000;
    const bytes = this.urls ? this.urls.reduce((sum, _, i) => sum + this.size(i + 1), 0) : Math.floor(this.rows * mean);
    const running = this.state === 'running';
    const done = this.state === 'done' ? bytes : Math.min(bytes, Math.floor(((counts.completed + counts.skipped + this.active * 0.4) / this.rows) * bytes));
    const rate = running ? 21_000_000 + (mix(this.turn) % 9_000_000) : 0;
    const {id, name, note, owner, ownerName, state, reason, since, until, hint, priority, position, created, started, ended, rows, folder, limits, schedule} = this;
    return {
      id, name, note, owner, ownerName, state, reason, since, until, hint, priority, position, created, started, ended, rows, folder, limits, schedule,
      bytes, done, counts, rate,
      connections: this.active * 2,
      eta: running && rate > 0 ? Math.ceil((bytes - done) / rate) : null,
    };
  }

  enter(state, reason = null) {
    if (this.state === state) return;
    this.state = state;
    this.reason = reason;
    this.hint = null;
    this.until = null;
    this.since = new Date().toISOString();
    if (state === 'running') this.started ??= this.since;
    if (OVER.includes(state)) this.ended = this.since;
    this.say('INFO', `job ${this.id} is ${state}`);
  }

  act(what) {
    if (what === 'pause' && !OVER.includes(this.state)) this.enter('paused', 'operator');
    if ((what === 'resume' || what === 'start') && !OVER.includes(this.state)) this.enter('running');
    if (what === 'cancel' && !OVER.includes(this.state)) this.enter('cancelled');
    if (what === 'retry') {
      this.ended = null;
      if (this.failEvery > 0 || this.state === 'cancelled') {
        if (this.state !== 'cancelled') this.ended_rows = Math.max(0, this.rows - 5);
        this.failEvery = 0;
        this.enter('running');
      }
    }
  }

  tick() {
    this.turn++;
    if (this.state !== 'running') return [];
    const changed = [];
    for (let i = 0; i < this.speed && this.ended_rows < this.rows; i++) {
      this.ended_rows++;
      changed.push(this.ended_rows);
      if (this.ended_rows % 20 === 0) this.say('INFO', `row ${this.ended_rows} is there: ${this.nameOf(this.ended_rows)}`);
      if (this.stateOf(this.ended_rows) === 'failed') this.say('WARN', `row ${this.ended_rows} failed: ${FAILURES[this.ended_rows % 3].reason}`);
    }
    if (this.ended_rows >= this.rows) this.enter(this.counts().failed > 0 ? 'done-with-failures' : 'done');
    return changed;
  }

  connections() {
    const items = [];
    for (let row = this.ended_rows + 1; row <= this.ended_rows + this.active; row++) {
      const file = this.file(row);
      if (file.state !== 'active') continue;
      items.push({
        id: `c${row}`, host: file.host, protocol: row % 3 === 0 ? 'h2' : 'http/1.1', since: new Date(Date.now() - (row % 60) * 1000).toISOString(),
        row, name: file.name, start: 0, position: file.done, end: file.size, rate: file.rate,
      });
    }
    return items;
  }

  hosts() {
    return [...new Set(this.urls ? this.urls.map((url) => new URL(url).host) : HOSTS)].map((origin, i) => ({
      origin: `https://${origin}`, connections: Math.min(6, this.active), allowed: [6, 12, 4, 20][i % 4], why: ['429 answered twice', 'grows while the rate grows', 'host rule', 'grows while the rate grows'][i % 4],
      received: 120_000_000 * (i + 1), errors: i % 3 === 0 ? 3 : 0, hold: this.held?.has(origin) ? 'Paused by hand' : null,
    }));
  }

  failures() {
    const groups = new Map();
    for (let row = this.failEvery || Infinity; row <= this.ended_rows; row += this.failEvery) {
      const file = this.file(row);
      if (file.state !== 'failed') continue;
      const key = `${file.code} ${file.host}`;
      const group = groups.get(key) ?? {code: file.code, host: file.host, count: 0, sample: `${file.url}: ${file.reason}`, nextStep: file.nextStep, rows: []};
      group.count++;
      if (group.rows.length < 10) group.rows.push(row);
      groups.set(key, group);
    }
    return [...groups.values()].sort((a, b) => b.count - a.count);
  }

  /** The numbers of the rows that a filter finds, in order. */
  matching({state, host, q}, sort) {
    const result = [];
    const text = q?.toLowerCase();
    for (let row = 1; row <= this.rows; row++) {
      if (state && this.stateOf(row) !== state) continue;
      if (host && this.hostOf(row) !== host) continue;
      if (text && !this.nameOf(row).toLowerCase().includes(text)) continue;
      result.push(row);
    }
    if (sort === '-size') result.sort((a, b) => this.size(b) - this.size(a));
    if (sort === 'name') result.sort((a, b) => (this.nameOf(a) < this.nameOf(b) ? -1 : 1));
    return result;
  }
}

const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
const lcm = (a, b) => (a * b) / gcd(a, b);

/** Reads a list: a CSV with a header that has `url`, or addresses one a line. */
export function readList(text) {
  const lines = text.split(/\r?\n/);
  const errors = [];
  const urls = [];
  const header = /(^|,)url(,|$)/i.test(lines[0] ?? '') ? lines[0].toLowerCase().split(',') : null;
  const column = header ? header.indexOf('url') : 0;
  lines.forEach((line, i) => {
    if (line.trim() === '' || (header && i === 0)) return;
    const cell = header ? (line.split(',')[column] ?? '') : line.trim();
    try {
      const url = new URL(cell);
      if (!/^https?:$/.test(url.protocol)) throw new Error();
      urls.push(url.href);
    } catch {
      const at = header ? line.split(',').slice(0, column).join(',').length + (column > 0 ? 2 : 1) : 1;
      errors.push({line: i + 1, column: at, detail: `"${cell.slice(0, 60)}" is no http or https address`});
    }
  });
  const hosts = new Map();
  for (const url of urls) hosts.set(new URL(url).host, (hosts.get(new URL(url).host) ?? 0) + 1);
  return {urls, errors, duplicates: urls.length - new Set(urls).size, hosts: [...hosts].map(([host, files]) => ({host, files}))};
}
