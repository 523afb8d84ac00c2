// The real daemon from the jar, and a server with files that it downloads from.
import {spawn} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {createServer, request as connect} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const JAR = process.env.BULKDL_JAR ?? fileURLToPath(new URL('../../../target/bulkdl.jar', import.meta.url));

const options = process.env.JAVA_OPTS?.split(' ') ?? [];

/** Starts `bulkdl serve` with a folder of its own; `restart` ends it and starts it again on the same folder. */
export async function startDaemon({args = []} = {}) {
  if (!existsSync(JAR)) throw new Error(`There is no ${JAR}. Build it with: mvn -q -Dquick package`);
  const folder = mkdtempSync(join(tmpdir(), 'bulkdl-serve-'));
  const daemon = {folder, root: join(folder, 'root'), url: '', code: '', output: ''};
  let child;
  let port = 0;
  let first = true;

  async function start() {
    daemon.output = '';
    child = spawn(process.env.JAVA ?? 'java', [...options, '-jar', JAR, 'serve', '--state', join(folder, 'state'), '--root', daemon.root, '--listen', `127.0.0.1:${port}`, '--allow-network', '127.0.0.0/8', ...args], {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, HOME: folder, XDG_CONFIG_HOME: folder}});
    await new Promise((resolve, reject) => {
      const read = (chunk) => {
        daemon.output += chunk;
        const url = /serve is at (http\S+)/.exec(daemon.output)?.[1];
        // The first start prints the setup code behind the address.
        if (!url || (first && !/setup-code/.test(daemon.output))) return;
        daemon.url = url.endsWith('/') ? url : `${url}/`;
        port = new URL(url).port;
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', (status) => reject(new Error(`the daemon ended with ${status}:\n${daemon.output}`)));
    });
    first = false;
    const code = join(folder, 'state', 'setup-code');
    if (existsSync(code)) daemon.code = readFileSync(code, 'utf8').trim();
  }
  async function end(signal = 'SIGTERM') {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
  daemon.restart = async (signal) => {
    await end(signal);
    await start();
  };
  daemon.close = async () => {
    await end('SIGKILL');
    rmSync(folder, {recursive: true, force: true});
  };
  daemon.files = () => readdirSync(daemon.root, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  await start();
  return daemon;
}

/** A server of files of one size, which sends at most so many bytes a second on each connection. */
export async function startOrigin({size = 200_000, perSecond = Infinity} = {}) {
  const content = randomBytes(size);
  const origin = {sha256: createHash('sha256').update(content).digest('hex'), requests: 0, perSecond};
  const server = createServer((request, response) => {
    origin.requests++;
    const path = new URL(request.url, 'http://origin').pathname;
    if (path.startsWith('/missing')) return response.writeHead(404).end();
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    const from = range ? Number(range[1]) : 0;
    const to = range?.[2] ? Math.min(size, Number(range[2]) + 1) : size;
    response.setHeader('ETag', '"one"');
    response.setHeader('Accept-Ranges', 'bytes');
    if (range) response.setHeader('Content-Range', `bytes ${from}-${to - 1}/${size}`);
    response.setHeader('Content-Length', to - from);
    response.statusCode = range ? 206 : 200;
    if (request.method === 'HEAD') return response.end();
    let at = from;
    const send = () => {
      if (response.destroyed) return;
      const step = origin.perSecond === Infinity ? to - at : Math.max(1, Math.floor(origin.perSecond / 10));
      const next = Math.min(to, at + step);
      response.write(content.subarray(at, next));
      at = next;
      if (at >= to) response.end();
      else setTimeout(send, 100);
    };
    send();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin.url = `http://127.0.0.1:${server.address().port}`;
  origin.urls = (count, name = 'file') => Array.from({length: count}, (_, i) => `${origin.url}/${name}-${i + 1}.bin`);
  origin.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return origin;
}

/**
 * A reverse proxy in front of `target`. It puts a prefix before all paths, and can refuse WebSockets or keep streams back
 * until they end, as some proxies do.
 */
export async function startProxy(target, {prefix = '', webSocket = true, streams = true} = {}) {
  const to = new URL(target);
  const forward = (request, headers = request.headers) => connect({host: to.hostname, port: to.port, method: request.method, path: request.url, headers});
  const server = createServer((request, response) => {
    if (prefix && !request.url.startsWith(prefix)) return response.writeHead(404).end();
    const sent = forward(request);
    sent.on('response', (answer) => {
      if (!streams && /event-stream/.test(answer.headers['content-type'] ?? '')) return response.on('close', () => answer.destroy());
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      response.on('close', () => answer.destroy());
    });
    sent.on('error', () => response.writeHead(502).end());
    request.pipe(sent);
  });
  server.on('upgrade', (request, socket, head) => {
    if (!webSocket) return socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    const sent = forward(request);
    sent.on('upgrade', (answer, other, rest) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`);
      other.write(head);
      socket.write(rest);
      other.pipe(socket).pipe(other);
      other.on('error', () => socket.destroy());
      socket.on('error', () => other.destroy());
    });
    sent.on('response', (answer) => socket.end(`HTTP/1.1 ${answer.statusCode} Refused\r\nConnection: close\r\n\r\n`));
    sent.on('error', () => socket.destroy());
    sent.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}/`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
