// Writes src/ui/icons.ts: the drawings of the icons that the page uses, out of lucide-static.
import {readFileSync, writeFileSync} from 'node:fs';

const names = `play pause circle-x rotate-cw circle-check circle-alert clock list-ordered plus gauge users key history
scroll-text settings info log-out sun moon monitor search trash-2 download chevron-right chevron-left chevron-down
ellipsis arrow-up-to-line arrow-down-to-line hourglass hand calendar-clock upload x check layout-dashboard menu file
skip-forward ban loader triangle-alert copy circle-dot circle-dashed circle-pause keyboard grip-vertical unplug
user plug server minus arrow-up arrow-down`.split(/\s+/);

const lines = names.map((name) => {
  const svg = readFileSync(new URL(`../node_modules/lucide-static/icons/${name}.svg`, import.meta.url), 'utf8');
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
  return `  '${name}': '${inner}',`;
});
writeFileSync(
  new URL('../src/ui/icons.ts', import.meta.url),
  `// Written by scripts/icons.js from Lucide (ISC licence). Do not edit.\nexport const icons = {\n${lines.join('\n')}\n} as const;\n\nexport type IconName = keyof typeof icons;\n`,
);
