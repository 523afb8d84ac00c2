/** The answers of the API, as the page reads them. Unknown fields are ignored. */

export type Role = 'admin' | 'write' | 'read';
export type JobState =
  | 'queued'
  | 'scheduled'
  | 'running'
  | 'pausing'
  | 'paused'
  | 'waiting'
  | 'done'
  | 'done-with-failures'
  | 'cancelled';
export type FileState = 'pending' | 'held' | 'active' | 'retrying' | 'completed' | 'skipped' | 'failed' | 'cancelled';

export const FILE_STATES: readonly FileState[] = [
  'active',
  'retrying',
  'pending',
  'held',
  'failed',
  'completed',
  'skipped',
  'cancelled',
];

export type Counts = Record<FileState, number>;

export interface Session {
  user: {id: string; name: string; role: Role};
  token: string;
}

export interface Limits {
  files: number | null;
  connections: number | null;
  perHost: number | null;
  segments: number | null;
  rate: string | null;
}

export type LimitName = keyof Limits;

export interface DaemonLimits extends Limits {
  version?: string;
  effective?: Partial<Limits>;
  by?: string | Partial<Record<LimitName, string>>;
}

export interface Schedule {
  startAt?: string | null;
  window?: string | null;
  zone?: string | null;
  rates?: string | null;
}

export interface Job {
  id: string;
  version?: string;
  name: string;
  note: string | null;
  owner: string;
  ownerName: string;
  state: JobState;
  reason: string | null;
  since: string | null;
  until: string | null;
  hint: string | null;
  priority: number;
  position: number;
  created: string;
  started: string | null;
  ended: string | null;
  rows: number;
  bytes: number | null;
  done: number;
  counts: Counts;
  rate: number;
  connections: number;
  eta: number | null;
  folder: string;
  limits: Limits;
  schedule: Schedule | null;
}

export interface JobFile {
  row: number;
  name: string;
  url: string;
  host: string;
  state: FileState;
  size: number | null;
  done: number;
  rate: number;
  attempts: number;
  connections: number;
  code: string | null;
  reason: string | null;
  nextStep: string | null;
  proof: string | null;
  ended: string | null;
  pieces?: [number, number, number][] | null;
}

export interface Connection {
  id: string;
  host: string;
  protocol: string;
  since: string;
  row: number;
  name: string;
  start: number;
  position: number;
  end: number | null;
  rate: number;
}

export interface Host {
  origin: string;
  connections: number;
  allowed: number;
  why: string | null;
  received: number;
  errors: number;
  hold: string | null;
}

export interface FailureGroup {
  code: string;
  host: string;
  count: number;
  sample: string | null;
  nextStep: string | null;
  rows: number[];
}

export interface Overview {
  rate: number;
  connections: number;
  active: number;
  diskFree: number | null;
  diskFull: string | null;
  jobs: Partial<Record<JobState, number>>;
  plot: [number, number][];
  timetable: {now: number | string | null; next: {at: string; rate: number | string | null} | null} | null;
}

export interface Timetable {
  version?: string;
  text: string;
  zone: string;
  grid: (number | null)[][];
  now: number | string | null;
  next: {at: string; rate: number | string | null} | null;
}

export interface User {
  id: string;
  version?: string;
  name: string;
  role: Role;
  root: string;
  quota: {bytes: number | null; files: number | null; connections: number | null; rate: number | string | null};
  used: {bytes: number; files: number};
  disabled: boolean;
  created: string;
  lastSeen: string | null;
}

export interface ApiToken {
  id: string;
  name: string;
  scopes: string[];
  created: string;
  lastUsed: string | null;
  expires: string | null;
  token?: string;
}

export interface SignedIn {
  id: string;
  created: string;
  lastUsed: string;
  expires: string;
  address: string;
  current?: boolean;
}

export interface AuditEntry {
  seq: number;
  at: string;
  who: string | null;
  what: string;
  target: string | null;
  address: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface CheckResult {
  rows: number;
  bytes: number | null;
  hosts: {host: string; files: number}[];
  errors: {line: number | null; column: number | null; detail: string}[];
  duplicates: number;
  errorCount?: number;
  notes?: string[];
}

export interface BatchResult {
  matched: number;
  changed: number;
}

export const isOver = (state: JobState): boolean =>
  state === 'done' || state === 'done-with-failures' || state === 'cancelled';
