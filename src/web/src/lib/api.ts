/** Talks to the API. The token of the session is kept in memory only. */

export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly title: string,
    readonly field: string | null = null,
    readonly line: number | null = null,
    readonly column: number | null = null,
    readonly id: string | null = null,
    readonly retryAfter: number | null = null,
    readonly errors: {line: number | null; column: number | null; detail: string}[] = [],
  ) {
    super(detail || title);
  }
}

const ROOT = 'api/v1';

let token = '';
let onSignedOut = (): void => {};

export function useToken(value: string): void {
  token = value;
}

export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

export const address = (path: string): string => ROOT + path;

/** A key by which the server recognises a request that is sent twice. Works without https too. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export async function call<T>(method: Method, path: string, body?: unknown, key?: string, version?: string): Promise<T> {
  const headers: Record<string, string> = {Accept: 'application/json'};
  if (method !== 'GET' && token) headers['X-Bulkdl-Token'] = token;
  if (key) headers['Idempotency-Key'] = key;
  if (version) headers['If-Match'] = `"${version}"`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(address(path), {
      method,
      headers,
      cache: 'no-store',
      credentials: 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, '', 'unreachable');
  }
  const text = await response.text();
  return answer<T>(response.status, text, response.headers.get('Retry-After'), path);
}

function answer<T>(status: number, text: string, retryAfter: string | null, path: string): T {
  let data: unknown;
  try {
    data = text ? JSON.parse(text) : undefined;
  } catch {
    data = undefined;
  }
  if (status >= 200 && status < 300) return data as T;
  if (status === 401 && path !== '/session' && path !== '/setup') onSignedOut();
  throw problemOf(status, (data ?? {}) as Record<string, unknown>, retryAfter);
}

function problemOf(status: number, data: Record<string, unknown>, retryAfter: string | null): Problem {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? (data[name] as string) : null);
  const number = (name: string): number | null => (typeof data[name] === 'number' ? (data[name] as number) : null);
  const errors = Array.isArray(data.errors) ? (data.errors as Problem['errors']) : [];
  const wait = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  return new Problem(
    status,
    text('detail') ?? '',
    text('title') ?? `HTTP ${status}`,
    text('field'),
    number('line'),
    number('column'),
    text('id'),
    wait,
    errors,
  );
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T>(path: string, body?: unknown, key?: string): Promise<T> => call<T>('POST', path, body, key);
export const put = <T>(path: string, body: unknown, version?: string): Promise<T> => call<T>('PUT', path, body, undefined, version);
export const patch = <T>(path: string, body: unknown, version?: string): Promise<T> => call<T>('PATCH', path, body, undefined, version);
/** Whether somebody else has changed the thing since it was read. */
export const isChanged = (problem: unknown): boolean => problem instanceof Problem && problem.status === 412;
export const remove = <T>(path: string): Promise<T> => call<T>('DELETE', path);

/** Sends a form with files. `fetch` cannot say how much of a body is sent, so this is an XMLHttpRequest. */
export function upload<T>(path: string, form: FormData, onSent: (share: number) => void, key?: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address(path));
    request.setRequestHeader('Accept', 'application/json');
    if (token) request.setRequestHeader('X-Bulkdl-Token', token);
    if (key) request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (event) => onSent(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(new Problem(0, '', 'unreachable'));
    request.onload = () => {
      try {
        resolve(answer<T>(request.status, request.responseText, request.getResponseHeader('Retry-After'), path));
      } catch (problem) {
        reject(problem as Error);
      }
    };
    request.send(form);
  });
}

/** A query string of what is given; empty and missing values are left out. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`).join('&')}`;
}
