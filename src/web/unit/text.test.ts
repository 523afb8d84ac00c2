import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'svelte/compiler';
import {describe, expect, it} from 'vitest';
import {english, pseudo, pseudoText} from '../src/lib/text';

describe('the pseudo-language', () => {
  it('has accents and brackets, is longer, and keeps numbers', () => {
    expect(pseudoText('Retry 12')).toBe('⟦Rétrÿ 12···⟧');
  });
  it('has every text and calls what takes values', () => {
    const texts = pseudo(english);
    expect(texts.jobs.filesOf(3, 10)).toContain('3 øf 10');
    expect(texts.limits.days).toHaveLength(7);
    const walk = (a: unknown, b: unknown): void => {
      expect(typeof a).toBe(typeof b);
      if (a && typeof a === 'object') for (const key of Object.keys(a)) walk((a as never)[key], (b as never)[key]);
    };
    walk(english, texts);
  });
});

/** The places in a component where a text is written that is not from the catalogue. */
function literals(source: string): string[] {
  const found: string[] = [];
  const visible = new Set(['title', 'placeholder', 'aria-label', 'alt', 'label', 'text']);
  const letters = (text: string): boolean => /\p{L}{2,}/u.test(text);
  const visit = (node: unknown): void => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(visit);
    const {type, name, value, data} = node as {type?: string; name?: string; value?: unknown; data?: string};
    if (type === 'Text' && letters(data ?? '')) found.push(data!.trim());
    if (type === 'StyleDirective' || type === 'ClassDirective') return;
    if (type === 'Attribute') {
      if (visible.has(name!) && Array.isArray(value)) for (const part of value as {type: string; data: string}[]) if (part.type === 'Text' && letters(part.data)) found.push(`${name}=${part.data}`);
      return;
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit((parse(source, {modern: true}) as {fragment: unknown}).fragment);
  return found;
}

describe('components', () => {
  const root = new URL('../src', import.meta.url).pathname;
  const files = (readdirSync(root, {recursive: true}) as string[]).filter((file) => file.endsWith('.svelte'));
  it('are there', () => expect(files.length).toBeGreaterThan(20));
  it.each(files)('%s takes every text from the catalogue', (file) => {
    expect(literals(readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });
  it.each(files)('%s has no style attribute and no markup from strings', (file) => {
    const source = readFileSync(join(root, file), 'utf8');
    expect(source).not.toMatch(/\sstyle=|\{@html|innerHTML/);
  });
  it('would find a text that is not from the catalogue', () => {
    expect(literals('<p title="Hello">World {x}</p>')).toEqual(['title=Hello', 'World']);
  });
});
