// A small server with the API of `bulkdl serve` in memory, for work on the page and for its tests.
import {createHash, randomBytes} from 'node:crypto';
import {readFileSync, existsSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {WebSocketServer} from 'ws';
import {MockJob, readList} from './model.js';
import {sample} from './sample.js';
import {checkTimetable} from './timetable.js';

const PAGE = fileURLToPath(new URL('../../main/resources/dev/bulkdl/serve/web/page', import.meta.url));
const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8'};
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "frame-ancestors 'none'; form-action 'self'; base-uri 'self'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html";
export const SETUP_CODE = 'b7f3-2c19-44de-90aa';

class Refusal extends Error {
  constructor(status, detail, more = {}) {
    super(detail);
    this.status = status;
    this.more = more;
  }
}

/**
 * Options: port; fresh (nobody has an account); million (a job of a million rows); base (such as `/bulkdl`);
 * noWebSocket, noSse (as a proxy that does not pass them); still (nothing moves by itself).
 */
export async function startMock(options = {}) {
  const base = options.base ?? '';
  const epoch = randomBytes(4).toString('hex');
  const world = {jobs: [], users: [], tokens: [], sessions: new Map(), audit: [], limits: {files: 32, connections: 64, perHost: 8, segments: 4, rate: null}, timetable: {text: '', zone: 'Europe/Berlin'}};
  let seq = 0;
  sample(world, options);
  const streams = new Set();
  const started = Date.now();

  const overview = () => {
    const running = world.jobs.filter((job) => job.state === 'running').map((job) => job.json());
    const jobs = {};
    for (const job of world.jobs) jobs[job.state] = (jobs[job.state] ?? 0) + 1;
    const rate = running.reduce((sum, job) => sum + job.rate, 0);
    const now = Math.floor(Date.now() / 5000) * 5;
    const plot = options.fresh ? [] : Array.from({length: 180}, (_, i) => [now - (179 - i) * 5, Math.max(0, 24e6 + 9e6 * Math.sin(i / 14) + 4e6 * Math.sin(i * 1.7))]);
    const table = world.timetable.text ? checkTimetable(world.timetable.text, world.timetable.zone) : null;
    return {rate, connections: running.reduce((sum, job) => sum + job.connections, 0), active: running.reduce((sum, job) => sum + job.counts.active, 0),
      diskFree: 412_000_000_000, diskFull: null, jobs, plot, timetable: table && {now: table.now, next: table.next}};
  };
  const without = ({plot: _plot, ...rest}) => rest;
  const visible = (user) => world.jobs.filter((job) => user.role === 'admin' || job.owner === user.id);
  const order = () => world.jobs.forEach((job, i) => (job.position = i + 1));
  order();

  function find(user, id) {
    const job = visible(user).find((j) => j.id === id);
    if (!job) throw new Refusal(404, 'There is no such job.');
    return job;
  }

  // ------------------------------------------------------------------ events

  function snapshot(user, topic) {
    const [kind, id, rows] = topic.split(':');
    if (kind === 'overview') return without(overview());
    if (kind === 'jobs') return {items: visible(user).map((job) => job.json())};
    const job = visible(user).find((j) => j.id === id);
    if (!job) return null;
    if (kind === 'job') return job.json();
    if (kind === 'connections') return {items: job.connections()};
    if (kind === 'files') {
      const [from, to] = rows.split('-').map(Number);
      if (to - from > 500) throw new Error('a range has at most 500 rows');
      const items = [];
      for (let row = from + 1; row <= Math.min(job.rows, to); row++) if (['active', 'retrying'].includes(job.stateOf(row))) items.push(job.file(row));
      return {items};
    }
    return null;
  }
  function frame(topic, kind, data) {
    return {epoch, seq: ++seq, topic, kind, data};
  }
  const nameIn = (topic) => (topic.startsWith('files:') ? 'row' : 'id');
  function remember(stream, topic, thing, key) {
    const seen = stream.seen.get(topic) ?? stream.seen.set(topic, new Map()).get(topic);
    const before = seen.get(key);
    seen.set(key, thing);
    return Object.fromEntries(Object.entries(thing).filter(([field, value]) => !before || JSON.stringify(value) !== JSON.stringify(before[field])));
  }
  /** As the daemon: of each thing only the key and the fields that have changed. */
  function patch(stream, topic, data) {
    if (!data.items) {
      const fields = remember(stream, topic, data, '');
      if (Object.keys(fields).length > 0) stream.send(frame(topic, 'patch', fields));
      return;
    }
    const items = [];
    for (const thing of data.items) {
      const fields = remember(stream, topic, thing, String(thing[nameIn(topic)]));
      if (Object.keys(fields).length > 0) items.push({...fields, [nameIn(topic)]: thing[nameIn(topic)]});
    }
    const removed = data.removed ?? [];
    for (const key of removed) stream.seen.get(topic)?.delete(key);
    if (items.length + removed.length > 0) stream.send(frame(topic, 'patch', {items, removed}));
  }
  function subscribe(stream, topics) {
    stream.topics = topics;
    stream.seen = new Map();
    for (const topic of topics) {
      const data = snapshot(stream.user, topic);
      if (!data) continue;
      if (data.items) for (const thing of data.items) remember(stream, topic, thing, String(thing[nameIn(topic)]));
      else remember(stream, topic, data, '');
      stream.send(frame(topic, 'snapshot', data));
    }
    stream.send({epoch, seq: ++seq, kind: 'heartbeat'});
  }
  function publish() {
    const changed = new Map();
    const moving = new Set();
    for (const job of world.jobs) {
      const before = job.state;
      const rows = options.still ? [] : job.tick();
      if (rows.length > 0 || job.state !== before) {
        changed.set(job.id, rows);
        moving.add(job);
      }
    }
    for (const stream of streams) {
      for (const topic of stream.topics) {
        const [kind, id, range] = topic.split(':');
        if (kind === 'overview') patch(stream, topic, without(overview()));
        const mine = visible(stream.user);
        if (kind === 'jobs' && moving.size > 0) patch(stream, topic, {items: mine.filter((job) => moving.has(job)).map((job) => job.json())});
        const job = mine.find((j) => j.id === id);
        if (!job || !moving.has(job)) continue;
        if (kind === 'job') patch(stream, topic, job.json());
        if (kind === 'connections') {
          const items = job.connections();
          const here = new Set(items.map((connection) => String(connection.id)));
          patch(stream, topic, {items, removed: [...(stream.seen.get(topic)?.keys() ?? [])].filter((key) => !here.has(key))});
        }
        if (kind === 'files') {
          const [from, to] = range.split('-').map(Number);
          const rows = [...(changed.get(id) ?? []), ...Array.from({length: job.active}, (_, i) => job.ended_rows + 1 + i)];
          const items = rows.filter((row) => row > from && row <= to).map((row) => job.file(row));
          patch(stream, topic, {items});
        }
      }
    }
  }
  /** What a command changed is seen at once. */
  function announce(job) {
    for (const stream of streams) {
      if (stream.topics.includes('jobs')) patch(stream, 'jobs', {items: [job.json()]});
      if (stream.topics.includes(`job:${job.id}`)) patch(stream, `job:${job.id}`, job.json());
    }
  }
  const ticker = setInterval(publish, options.tick ?? 250);

  // ------------------------------------------------------------------ who

  function userOf(request) {
    const cookie = /bulkdl=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1];
    const session = world.sessions.get(cookie);
    return session ? {...session, user: world.users.find((user) => user.id === session.userId)} : null;
  }
  function open(request, user, response) {
    const id = randomBytes(16).toString('hex');
    const token = randomBytes(16).toString('hex');
    world.sessions.set(id, {id: id.slice(0, 8), userId: user.id, token, created: new Date().toISOString(), address: request.socket.remoteAddress});
    response.setHeader('Set-Cookie', `bulkdl=${id}; HttpOnly; SameSite=Strict; Path=${base}/`);
    user.lastSeen = new Date().toISOString();
    return {user: {id: user.id, name: user.name, role: user.role}, token};
  }
  function note(who, what, target) {
    world.audit.unshift({seq: world.audit.length + 1, at: new Date().toISOString(), who, what, target: target ?? null, address: '127.0.0.1'});
  }

  // ------------------------------------------------------------------ routes

  const routes = [];
  const route = (method, path, role, handler) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
    routes.push({method, role, names, handler, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`)});
  };
  const page = (items, query) => {
    const from = Number(query.get('cursor') ?? 0);
    const limit = Math.min(1000, Number(query.get('limit') ?? 100));
    return {items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null, total: items.length};
  };
  const open_ = null;

  route('GET', '/health', open_, () => ({status: 'ok', setup: world.users.length === 0}));
  route('POST', '/setup', open_, ({body, request, response}) => {
    if (world.users.length > 0) throw new Refusal(409, 'Somebody has an account already. Sign in.');
    if (body.code !== SETUP_CODE) throw new Refusal(403, 'The setup code is wrong. It is in the file setup-code in the state folder.', {field: 'code'});
    const user = newUser({name: body.name, role: 'admin', password: body.password});
    response.statusCode = 201;
    note(user.name, 'setup', user.name);
    return open(request, user, response);
  });
  route('POST', '/session', open_, ({body, request, response}) => {
    const user = world.users.find((u) => u.name === body.name && u.password === body.password && !u.disabled);
    if (!user) throw new Refusal(401, 'Name or password is wrong.');
    note(user.name, 'session.open');
    return open(request, user, response);
  });
  route('GET', '/session', 'read', ({session}) => ({user: {id: session.user.id, name: session.user.name, role: session.user.role}, token: session.token}));
  route('DELETE', '/session', 'read', ({request}) => void world.sessions.delete(/bulkdl=([0-9a-f]+)/.exec(request.headers.cookie)[1]));

  route('GET', '/overview', 'read', () => overview());
  route('GET', '/jobs', 'read', ({user, query}) => {
    const states = query.get('state')?.split(',');
    const text = query.get('q')?.toLowerCase();
    const found = visible(user).filter((job) => (!states || states.includes(job.state)) && (!text || job.name.toLowerCase().includes(text)));
    // As they start; below those that have ended, the newest first.
    const ended = (job) => (job.ended ? -Date.parse(job.ended) : -Infinity);
    found.sort((a, b) => ended(a) - ended(b) || a.position - b.position);
    const answer = page(found, query);
    return {...answer, items: answer.items.map((job) => job.json())};
  });
  route('POST', '/jobs:check', 'write', ({body}) => {
    const list = readList(body.manifest ?? (body.urls ?? []).join('\n'));
    return {rows: list.urls.length, bytes: null, hosts: list.hosts, errors: list.errors, duplicates: list.duplicates};
  });
  route('POST', '/jobs', 'write', ({body, user, response}) => {
    const given = body.options ?? body;
    const list = readList(body.manifest ?? (body.urls ?? []).join('\n'));
    if (list.errors.length > 0) throw new Refusal(422, 'The list has errors.', {errors: list.errors, line: list.errors[0].line, column: list.errors[0].column});
    if (list.urls.length === 0) throw new Refusal(422, 'The list has no addresses.');
    const at = given.schedule?.startAt;
    const job = new MockJob({...given, name: given.name || new URL(list.urls[0]).host, urls: list.urls, owner: user.id, ownerName: user.name, speed: options.speed ?? 1,
      state: at ? 'scheduled' : given.start === 'held' ? 'paused' : 'running', started: given.start === 'held' || at ? null : new Date().toISOString(), until: at ?? null});
    world.jobs.push(job);
    order();
    note(user.name, 'job.add', job.id);
    announce(job);
    response.statusCode = 201;
    response.setHeader('Location', `${base}/api/v1/jobs/${job.id}`);
    return job.json();
  });
  route('GET', '/jobs/{id}', 'read', ({user, id}) => find(user, id).json());
  route('PATCH', '/jobs/{id}', 'write', ({user, id, body}) => {
    const job = find(user, id);
    const {limits, ...rest} = body;
    Object.assign(job, rest);
    if (limits) {
      Object.assign(job.limits, limits);
      if (limits.connections) job.width = Math.max(1, Math.floor(limits.connections / 2));
    }
    announce(job);
    return job.json();
  });
  route('DELETE', '/jobs/{id}', 'write', ({user, id}) => {
    world.jobs.splice(world.jobs.indexOf(find(user, id)), 1);
    order();
    note(user.name, 'job.delete', id);
    for (const stream of streams) stream.send(frame('jobs', 'patch', {items: [], removed: [id]}));
  });
  for (const what of ['start', 'pause', 'resume', 'cancel', 'retry']) {
    route('POST', `/jobs/{id}/${what}`, 'write', ({user, id, response}) => {
      const job = find(user, id);
      job.act(what);
      note(user.name, `job.${what}`, id);
      announce(job);
      response.statusCode = 202;
      return job.json();
    });
  }
  route('POST', '/jobs/{id}/move', 'write', ({user, id, body}) => {
    const job = find(user, id);
    world.jobs.splice(world.jobs.indexOf(job), 1);
    const at = body.before ? world.jobs.findIndex((j) => j.id === body.before) : body.after ? world.jobs.findIndex((j) => j.id === body.after) + 1 : body.position === 'top' ? 0 : world.jobs.length;
    world.jobs.splice(at, 0, job);
    order();
    return job.json();
  });
  route('GET', '/jobs/{id}/files', 'read', ({user, id, query}) => {
    const job = find(user, id);
    const filter = {state: query.get('state'), host: query.get('host'), q: query.get('q')};
    const sort = query.get('sort');
    const limit = Number(query.get('limit') ?? 100);
    const at = Number(query.get('at') ?? query.get('cursor') ?? 0);
    if (!filter.state && !filter.host && !filter.q && (!sort || sort === 'row')) {
      const rows = Array.from({length: Math.max(0, Math.min(limit, job.rows - at))}, (_, i) => at + i + 1);
      return {items: rows.map((row) => job.file(row)), next: at + limit < job.rows ? String(at + limit) : null, total: job.rows};
    }
    const rows = job.matching(filter, sort);
    return {items: rows.slice(at, at + limit).map((row) => job.file(row)), next: at + limit < rows.length ? String(at + limit) : null, total: rows.length};
  });
  route('POST', '/jobs/{id}/files', 'write', ({user, id, body}) => {
    const job = find(user, id);
    if (job.urls) job.urls.push(...body.urls);
    job.rows += body.urls.length;
    if (['done', 'done-with-failures'].includes(job.state)) job.enter('running');
    announce(job);
    return job.json();
  });
  route('POST', '/jobs/{id}/files:batch', 'write', ({user, id, body}) => {
    const job = find(user, id);
    const filter = {...body.filter, q: body.filter?.q ?? body.filter?.text};
    const rows = body.ids ?? job.matching(filter);
    const next = {hold: 'held', release: null, retry: null, cancel: 'cancelled'}[body.action];
    let changed = 0;
    for (const row of rows) {
      if (body.action === 'first' || body.action === 'last') changed++;
      else if (['completed', 'skipped'].includes(job.stateOf(row))) continue;
      else {
        if (next) job.own.set(row, next);
        else job.own.delete(row);
        changed++;
      }
    }
    announce(job);
    return {matched: rows.length, changed};
  });
  route('GET', '/jobs/{id}/files/{row}', 'read', ({user, id, row}) => find(user, id).file(Number(row)));
  route('GET', '/jobs/{id}/files/{row}/content', 'read', ({response}) => {
    response.setHeader('Content-Disposition', 'attachment; filename="file.bin"');
    return {of: 'the mock'};
  });
  route('GET', '/jobs/{id}/connections', 'read', ({user, id}) => ({items: find(user, id).connections()}));
  route('GET', '/jobs/{id}/hosts', 'read', ({user, id}) => ({items: find(user, id).hosts()}));
  for (const what of ['pause', 'resume']) {
    route('POST', `/jobs/{id}/hosts/{host}/${what}`, 'write', ({user, id, host}) => {
      const job = find(user, id);
      job.held ??= new Set();
      if (what === 'pause') job.held.add(decodeURIComponent(host));
      else job.held.delete(decodeURIComponent(host));
    });
  }
  route('GET', '/jobs/{id}/failures', 'read', ({user, id}) => ({items: find(user, id).failures()}));
  route('GET', '/jobs/{id}/log', 'read', ({user, id, query}) => {
    const {log} = find(user, id);
    return {lines: log.slice(Number(query.get('after') ?? 0)), next: String(log.length)};
  });
  for (const name of ['results.csv', 'failed.csv', 'report.html', 'report.json', 'manifest']) {
    route('GET', `/jobs/{id}/${name}`, 'read', ({user, id, response}) => {
      find(user, id);
      response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      return {of: 'the mock'};
    });
  }
  route('GET', '/limits', 'read', () => ({...world.limits, effective: {...world.limits, rate: '10M'}, by: {rate: 'timetable'}}));
  route('PUT', '/limits', 'admin', ({body, user}) => {
    Object.assign(world.limits, body);
    note(user.name, 'limits.change');
    return world.limits;
  });
  route('GET', '/timetable', 'read', () => checkTimetable(world.timetable.text, world.timetable.zone));
  const timetable = (body) => {
    try {
      return checkTimetable(body.text, body.zone);
    } catch (fault) {
      throw new Refusal(422, fault.message, {field: 'text'});
    }
  };
  route('PUT', '/timetable', 'admin', ({body}) => {
    const read = timetable(body);
    world.timetable = {text: body.text, zone: body.zone};
    return read;
  });
  route('POST', '/timetable:check', 'write', ({body}) => timetable(body));

  let lastUser = world.users.length;
  function newUser(body) {
    if (world.users.some((user) => user.name === body.name)) throw new Refusal(409, `There is a user ${body.name} already.`, {field: 'name'});
    const user = {id: `u${++lastUser}`, name: body.name, role: body.role, root: body.root ?? body.name, password: body.password, quota: {bytes: null, files: null, connections: null, rate: null, ...body.quota},
      used: {bytes: 0, files: 0}, disabled: false, created: new Date().toISOString(), lastSeen: null};
    world.users.push(user);
    return user;
  }
  const shown = ({password: _password, ...user}) => user;
  route('GET', '/users', 'admin', ({query}) => page(world.users.map(shown), query));
  route('POST', '/users', 'admin', ({body, user, response}) => {
    response.statusCode = 201;
    note(user.name, 'user.add', body.name);
    return shown(newUser(body));
  });
  route('PATCH', '/users/{id}', 'admin', ({id, body}) => shown(Object.assign(world.users.find((u) => u.id === id), body)));
  route('DELETE', '/users/{id}', 'admin', ({id}) => void world.users.splice(world.users.findIndex((u) => u.id === id), 1));
  route('POST', '/users/{id}/password', 'read', ({id, body, user}) => {
    const other = world.users.find((u) => u.id === id);
    if (other.id === user.id && other.password !== body.current) throw new Refusal(422, 'this is not your present password', {field: 'current'});
    other.password = body.password;
  });
  route('GET', '/tokens', 'read', ({user, query}) => page(world.tokens.filter((t) => t.user === user.id), query));
  route('POST', '/tokens', 'read', ({user, body, response}) => {
    const token = {id: randomBytes(4).toString('hex'), user: user.id, name: body.name, scopes: body.scopes, created: new Date().toISOString(), lastUsed: null, expires: body.expires};
    world.tokens.push(token);
    response.statusCode = 201;
    return {...token, token: `bulkdl_${createHash('sha256').update(token.id).digest('hex')}`};
  });
  route('DELETE', '/tokens/{id}', 'read', ({id}) => void world.tokens.splice(world.tokens.findIndex((t) => t.id === id), 1));
  route('GET', '/sessions', 'read', ({session, query}) =>
    page([...world.sessions.values()].filter((s) => s.userId === session.user.id).map((s) => ({id: s.id, created: s.created, lastUsed: s.created, expires: s.created, address: s.address, current: s.id === session.id})), query));
  route('DELETE', '/sessions/{id}', 'read', ({id}) => {
    for (const [key, session] of world.sessions) if (session.id === id) world.sessions.delete(key);
  });
  route('GET', '/audit', 'admin', ({query}) => page(world.audit, query));
  route('GET', '/settings', 'admin', () => ({
    version: '0.9.0 (mock)',
    state: {value: '/var/lib/bulkdl', from: '--state'},
    root: {value: '/srv/downloads', from: '/etc/bulkdl/config:3'},
    listen: {value: '127.0.0.1:8017', from: 'default'},
    allowedNetworks: {value: ['10.20.0.0/16'], from: '/etc/bulkdl/config:7'},
  }));
  route('GET', '/openapi.json', 'read', () => ({openapi: '3.1.0'}));

  // ------------------------------------------------------------------ HTTP

  async function bodyOf(request) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const type = request.headers['content-type'] ?? '';
    const raw = Buffer.concat(chunks);
    if (type.startsWith('multipart/')) {
      const form = await new Response(raw, {headers: {'Content-Type': type}}).formData();
      const options_ = form.get('options');
      const manifest = form.get('manifest');
      return {options: options_ ? JSON.parse(typeof options_ === 'string' ? options_ : await options_.text()) : {}, manifest: manifest ? await manifest.text() : undefined};
    }
    return raw.length > 0 ? JSON.parse(raw.toString()) : {};
  }
  const requests = [];

  async function api(request, response, url) {
    const path = url.pathname.slice(`${base}/api/v1`.length);
    const session = userOf(request);
    response.setHeader('Cache-Control', 'no-store');
    for (const r of routes) {
      const match = r.method === request.method && r.pattern.exec(path);
      if (!match) continue;
      if (r.role !== open_ && !session) throw new Refusal(401, 'Sign in first.');
      const ranks = ['read', 'write', 'admin'];
      if (r.role !== open_ && ranks.indexOf(session.user.role) < ranks.indexOf(r.role)) throw new Refusal(403, `This needs the role ${r.role}.`);
      if (r.role !== open_ && request.method !== 'GET' && request.headers['x-bulkdl-token'] !== session.token) throw new Refusal(403, 'The header X-Bulkdl-Token is missing or wrong.');
      const ids = Object.fromEntries(r.names.map((name, i) => [name, match[i + 1]]));
      const body = request.method === 'GET' ? {} : await bodyOf(request);
      const answer = r.handler({...ids, body, query: url.searchParams, session, user: session?.user, request, response});
      if (answer === undefined) response.writeHead(204).end();
      else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
      return;
    }
    throw new Refusal(404, `There is no ${request.method} ${path}.`);
  }
  function events(request, response, url) {
    const session = userOf(request);
    if (!session) throw new Refusal(401, 'Sign in first.');
    const topics = (url.searchParams.get('topics') ?? '').split(',').filter(Boolean);
    if ((request.headers.accept ?? '').includes('text/event-stream')) {
      if (options.noSse) return; // As behind a proxy that keeps everything until the end.
      response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store'});
      const stream = {user: session.user, topics, send: (f) => response.write(`id: ${f.epoch}.${f.seq}\ndata: ${JSON.stringify(f)}\n\n`)};
      streams.add(stream);
      request.on('close', () => streams.delete(stream));
      subscribe(stream, topics);
      return;
    }
    const frames = topics.map((topic) => frame(topic, 'snapshot', snapshot(session.user, topic))).filter((f) => f.data);
    const wait = url.searchParams.get('after') === '0.0' ? 0 : 250;
    setTimeout(() => response.setHeader('Content-Type', 'application/json').end(JSON.stringify({frames})), wait);
  }
  function file(request, response, path) {
    const name = path === '/' ? '/index.html' : normalize(path);
    const place = join(PAGE, name);
    if (!place.startsWith(PAGE) || !existsSync(place) || !statSync(place).isFile()) throw new Refusal(404, 'There is no such file.');
    response.setHeader('Content-Type', TYPES[extname(place)] ?? 'application/octet-stream');
    response.setHeader('Cache-Control', name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (existsSync(`${place}.gz`) && (request.headers['accept-encoding'] ?? '').includes('gzip')) {
      response.setHeader('Content-Encoding', 'gzip').end(readFileSync(`${place}.gz`));
    } else response.end(readFileSync(place));
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    requests.push(`${request.method} ${request.url}`);
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
    try {
      if (base && url.pathname === base) return response.writeHead(308, {Location: `${base}/`}).end();
      if (!url.pathname.startsWith(`${base}/`)) throw new Refusal(404, 'Not below the base path.');
      if (url.pathname === `${base}/api/v1/events`) return events(request, response, url);
      if (url.pathname.startsWith(`${base}/api/v1/`)) return await api(request, response, url);
      return file(request, response, url.pathname.slice(base.length));
    } catch (fault) {
      const status = fault.status ?? 500;
      if (status === 500) console.error(fault);
      response.writeHead(status, {'Content-Type': 'application/problem+json'});
      response.end(JSON.stringify({type: 'about:blank', title: `HTTP ${status}`, status, detail: fault.message, id: randomBytes(3).toString('hex'), ...fault.more}));
    }
  });
  const sockets = new WebSocketServer({noServer: true});
  server.on('upgrade', (request, socket, head) => {
    const session = userOf(request);
    if (!session || options.noWebSocket) return socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const stream = {user: session.user, topics: [], send: (f) => ws.send(JSON.stringify([f]))};
      streams.add(stream);
      ws.on('message', (message) => {
        const said = JSON.parse(message.toString());
        if (said.topics) subscribe(stream, said.topics);
      });
      ws.on('close', () => streams.delete(stream));
    });
  });
  await new Promise((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}${base}/`,
    world,
    requests,
    age: () => Date.now() - started,
    /** Ends all streams, as when the daemon stops. */
    drop() {
      options.noWebSocket = true;
      options.noSse = true;
      for (const ws of sockets.clients) ws.terminate();
    },
    passAgain() {
      options.noWebSocket = false;
      options.noSse = false;
    },
    async close() {
      clearInterval(ticker);
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
