/** What the whole page shares: who is signed in, where it is, how it looks, and what it has to say. */

import {call, get, Problem, useToken, whenSignedOut} from './api';
import {live} from './live.svelte';
import {T} from './text';
import type {Role, Session} from './types';

class App {
  /** `starting` until the server has answered. */
  stage = $state<'starting' | 'unreachable' | 'setup' | 'sign-in' | 'in'>('starting');
  user = $state<Session['user'] | null>(null);
  /** Where the page is: the parts of the fragment. */
  path = $state<string[]>(parts());
  theme = $state<'auto' | 'light' | 'dark'>(savedTheme());
  /** The last thing said, for the line at the bottom and for screen readers. */
  message = $state<{text: string; bad: boolean; undo?: () => void; at: number} | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  async begin(): Promise<void> {
    applyTheme(this.theme);
    addEventListener('hashchange', () => (this.path = parts()));
    whenSignedOut(() => this.signedOut());
    await this.look();
  }

  /** Asks the server whether somebody is signed in, or has to set up first. */
  async look(): Promise<void> {
    try {
      this.signedIn(await get<Session>('/session'));
    } catch (problem) {
      if ((problem as Problem).status !== 401) {
        this.stage = 'unreachable';
        return;
      }
      const health = await get<{setup: boolean}>('/health').catch(() => ({setup: false}));
      this.stage = health.setup ? 'setup' : 'sign-in';
    }
  }

  signedIn(session: Session): void {
    useToken(session.token);
    this.user = session.user;
    this.stage = 'in';
    live.start();
  }

  private signedOut(): void {
    if (this.stage !== 'in') return;
    useToken('');
    live.stop();
    this.user = null;
    this.stage = 'sign-in';
  }

  async signOut(): Promise<void> {
    await call('DELETE', '/session').catch(() => {});
    this.signedOut();
    location.hash = '';
  }

  may(role: Role): boolean {
    const order: Role[] = ['read', 'write', 'admin'];
    return this.user !== null && order.indexOf(this.user.role) >= order.indexOf(role);
  }

  setTheme(theme: App['theme']): void {
    this.theme = theme;
    localStorage.setItem('bulkdl.theme', theme);
    applyTheme(theme);
  }

  say(text: string, undo?: () => void): void {
    this.show({text, bad: false, undo, at: Date.now()});
  }

  /** Says what went wrong. */
  fault(problem: unknown): void {
    this.show({text: told(problem), bad: true, at: Date.now()});
  }

  private show(message: NonNullable<App['message']>): void {
    clearTimeout(this.timer);
    this.message = message;
    this.timer = setTimeout(() => (this.message = null), message.bad || message.undo ? 12_000 : 5_000);
  }

  dismiss(): void {
    this.message = null;
  }
}

/** The text for people of whatever was thrown. */
export function told(problem: unknown): string {
  if (problem instanceof Problem) {
    if (problem.status === 0) return T.live.unreachable;
    const place = problem.line === null ? '' : T.add.place(problem.line, problem.column);
    const again = problem.retryAfter === null ? '' : ` ${T.signIn.again(problem.retryAfter)}`;
    return `${place ? `${place}: ` : ''}${problem.message}${again}`;
  }
  return String(problem);
}

function parts(): string[] {
  return location.hash
    .replace(/^#\/?/, '')
    .split('?')[0]!
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const to = (...path: (string | number)[]): string => `#/${path.map((part) => encodeURIComponent(part)).join('/')}`;

export function go(...path: (string | number)[]): void {
  location.hash = to(...path);
}

function savedTheme(): 'auto' | 'light' | 'dark' {
  const saved = localStorage.getItem('bulkdl.theme');
  return saved === 'light' || saved === 'dark' ? saved : 'auto';
}

function applyTheme(theme: string): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export const app = new App();
