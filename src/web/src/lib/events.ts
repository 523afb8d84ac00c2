/** What the frames of the event stream mean. Pure. */

export interface Frame {
  epoch?: string | number;
  seq?: number;
  topic?: string;
  kind: 'snapshot' | 'patch' | 'reset' | 'heartbeat';
  data?: unknown;
}

/** What is known of each topic: its things by their keys. */
export type Known = Map<string, Map<string, Thing>>;
export type Thing = Record<string, unknown>;

/**
 * The frame with whole things. A patch brings only the fields of a thing that have changed, and the field that names
 * it. Remembers in `known` what the frame brings. An overview and a job are one thing, under the key ''.
 */
export function whole(known: Known, frame: Frame): Frame {
  if (frame.kind === 'reset') known.clear();
  const {topic, data} = frame;
  if (topic === undefined || data === undefined || topic.startsWith('log:')) return frame;
  const before = (frame.kind === 'patch' && known.get(topic)) || new Map<string, Thing>();
  known.set(topic, before);
  const complete = (key: string, fields: Thing): Thing => {
    const thing = {...before.get(key), ...fields};
    before.set(key, thing);
    return thing;
  };
  if (topic === 'overview' || topic.startsWith('job:')) return {...frame, data: complete('', data as Thing)};
  const name = topic.startsWith('files:') ? 'row' : 'id';
  const {items, removed} = changesOf<Thing>(data);
  for (const key of removed) before.delete(key);
  return {...frame, data: {items: items.map((item) => complete(String(item[name]), item)), removed}};
}

/** What a list of things became. */
export interface Changes<T> {
  items: T[];
  removed: string[];
}

/** Reads the data of a frame: an array, `{items, removed}`, or one object. */
export function changesOf<T>(data: unknown): Changes<T> {
  if (Array.isArray(data)) return {items: data as T[], removed: []};
  if (data && typeof data === 'object') {
    const fields = data as {items?: T[]; removed?: (string | number)[]};
    if (fields.items || fields.removed) {
      return {items: fields.items ?? [], removed: (fields.removed ?? []).map(String)};
    }
    return {items: [data as T], removed: []};
  }
  return {items: [], removed: []};
}

/** The list with the changed things put in place of their older selves; new ones come last. */
export function merged<T>(list: readonly T[], changes: Changes<T>, key: (item: T) => string): T[] {
  if (changes.items.length === 0 && changes.removed.length === 0) return list as T[];
  const fresh = new Map(changes.items.map((item) => [key(item), item]));
  const gone = new Set(changes.removed);
  const result: T[] = [];
  for (const item of list) {
    const id = key(item);
    if (gone.has(id)) continue;
    const next = fresh.get(id);
    fresh.delete(id);
    result.push(next ? {...item, ...next} : item);
  }
  for (const [id, item] of fresh) if (!gone.has(id)) result.push(item);
  return result;
}

/**
 * The places of things that come and go. Each keeps its place as long as it is there; a new one takes the first free
 * place. Free places at the end beyond `least` are dropped.
 */
export function places(before: readonly (string | null)[], ids: readonly string[], least: number): (string | null)[] {
  const here = new Set(ids);
  const result = before.map((id) => (id !== null && here.has(id) ? id : null));
  for (const id of result) if (id !== null) here.delete(id);
  let free = 0;
  for (const id of ids) {
    if (!here.has(id)) continue;
    while (free < result.length && result[free] !== null) free++;
    result[free] = id;
    here.delete(id);
  }
  while (result.length > least && result[result.length - 1] === null) result.pop();
  while (result.length < least) result.push(null);
  return result;
}

/** The wait before the next try to connect, in milliseconds: 1 to 30 s, with a random part against storms. */
export function backoff(tries: number, random: number): number {
  const longest = Math.min(30_000, 1000 * 2 ** Math.min(tries, 5));
  return longest / 2 + (random * longest) / 2;
}
