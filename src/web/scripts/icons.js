// Writes src/ui/icons.ts: the drawings of the icons that the page uses, out of lucide-static.
import {readFileSync, writeFileSync} from 'node:fs';

const names = `play pause circle-x rotate-cw circle-check circle-alert clock list-ordered plus gauge users key history
scroll-text settings info log-out sun moon monitor search trash-2 download chevron-right chevron-left chevron-down
ellipsis arrow-up-to-line arrow-down-to-line hourglass hand calendar-clock upload x check layout-dashboard menu file
skip-forward ban loader triangle-alert copy circle-dot circle-dashed circle-pause keyboard grip-vertical unplug
user plug server minus folder arrow-up arrow-down`.split(/\s+/);

const attribute = (tag, name) => Number(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? 0);
const text = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** Each shape as a path, so that an icon is one attribute and never markup (Trusted Types). */
function pathOf(tag) {
  const n = (name) => attribute(tag, name);
  if (tag.startsWith('<path')) {
    // Behind another path, a relative start would be taken from there.
    return text(tag, 'd').replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(?=[-\d.])/, 'M$1 $2l').replace(/^m/, 'M');
  }
  if (tag.startsWith('<circle')) return `M${n('cx') - n('r')} ${n('cy')}a${n('r')} ${n('r')} 0 1 0 ${2 * n('r')} 0a${n('r')} ${n('r')} 0 1 0 ${-2 * n('r')} 0`;
  if (tag.startsWith('<line')) return `M${n('x1')} ${n('y1')}L${n('x2')} ${n('y2')}`;
  if (tag.startsWith('<poly')) return `M${text(tag, 'points').trim().replace(/[ ,]+/g, ' ')}${tag.startsWith('<polygon') ? 'z' : ''}`;
  if (tag.startsWith('<rect')) {
    const [x, y, w, h, r] = [n('x'), n('y'), n('width'), n('height'), n('rx')];
    return `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;
  }
  throw new Error(`no path for ${tag}`);
}

const lines = names.map((name) => {
  const svg = readFileSync(new URL(`../node_modules/lucide-static/icons/${name}.svg`, import.meta.url), 'utf8');
  const shapes = svg.replace(/\s*\n\s*/g, ' ').match(/<(path|circle|line|polyline|polygon|rect)\b[^>]*>/g);
  return `  '${name}': '${shapes.map(pathOf).join('')}',`;
});
writeFileSync(
  new URL('../src/ui/icons.ts', import.meta.url),
  `// Written by scripts/icons.js from Lucide (ISC licence). Do not edit.\nexport const icons = {\n${lines.join('\n')}\n} as const;\n\nexport type IconName = keyof typeof icons;\n`,
);
