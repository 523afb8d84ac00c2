// Checks the built page and writes what belongs beside it: compressed files and the licences.
import {readFileSync, readdirSync, statSync, writeFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const LIMIT = 100 * 1024;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const page = here('../../main/resources/dev/bulkdl/serve/web/page');
const checkOnly = process.argv.includes('--check');

const html = readFileSync(join(page, 'index.html'), 'utf8');
const faults = [];
if (/<style|\sstyle=|<script(?![^>]*\ssrc=)/.test(html)) faults.push('index.html holds an inline style or script; the policy of the server blocks it');
if (/(src|href)="(\/|https?:)/.test(html)) faults.push('index.html holds an absolute address; it must work below any base path');

let total = 0;
for (const name of readdirSync(page, {recursive: true})) {
  const file = join(page, name);
  if (!statSync(file).isFile()) continue;
  if (name.endsWith('.gz')) {
    if (!checkOnly) rmSync(file);
    continue;
  }
  if (!/\.(js|css|html|svg)$/.test(name)) continue;
  const packed = gzipSync(readFileSync(file), {level: 9});
  if (/\.(js|css)$/.test(name)) total += packed.length;
  if (!checkOnly && /\.(js|css)$/.test(name)) writeFileSync(`${file}.gz`, packed);
}
console.log(`JavaScript and style: ${(total / 1024).toFixed(1)} KiB compressed of ${LIMIT / 1024}`);
if (total > LIMIT) faults.push(`${total} bytes are more than the ${LIMIT} allowed`);

if (!checkOnly) {
  const licences = ['svelte:LICENSE.md', 'uplot:LICENSE', 'lucide-static:LICENSE'].map((entry) => {
    const [name, file] = entry.split(':');
    const version = JSON.parse(readFileSync(here(`../node_modules/${name}/package.json`), 'utf8')).version;
    return `${name} ${version}\n\n${readFileSync(here(`../node_modules/${name}/${file}`), 'utf8').trim()}\n`;
  });
  writeFileSync(join(page, 'licences.txt'), licences.join(`\n${'-'.repeat(72)}\n\n`));
}
for (const fault of faults) console.error(`finish: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
