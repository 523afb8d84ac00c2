// Takes pictures of the screens: node test/shots.js FOLDER [screen…]. They are for people to look at.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {startMock} from '../mock/server.js';
import {launch, signIn} from './kit.js';

export const SCREENS = ['overview', 'jobs', 'add', 'jobs/genomes/files', 'jobs/genomes/connections', 'jobs/genomes/hosts', 'jobs/genomes/failures', 'jobs/genomes/log', 'jobs/genomes/settings', 'limits', 'history', 'users', 'audit', 'settings', 'account'];
const folder = process.argv[2] ?? 'shots';
const only = process.argv.slice(3);
const looks = (process.env.LOOKS ?? 'light-1280,dark-1280,light-320,light-768,light-2560').split(',');
mkdirSync(folder, {recursive: true});

const mock = await startMock({million: true});
const fresh = await startMock({fresh: true});
const chrome = await launch();
for (const look of looks) {
  const [theme, width] = look.split('-');
  const height = {320: 640, 768: 1024, 1280: 800, 2560: 1440}[width] ?? 900;
  const page = await chrome.page({width: Number(width), height, theme});
  if (only.length === 0 || only.includes('setup')) {
    await page.goto(fresh.url);
    await page.getByRole('button').first().waitFor();
    await page.screenshot({path: join(folder, `setup-${look}.png`)});
  }
  if (only.length === 0 || only.includes('sign-in')) {
    await page.goto(mock.url);
    await page.getByRole('button').first().waitFor();
    await page.screenshot({path: join(folder, `sign-in-${look}.png`)});
  }
  await signIn(page, mock.url);
  for (const screen of SCREENS) {
    if (only.length > 0 && !only.some((o) => screen.endsWith(o))) continue;
    await page.goto(`${mock.url}#/${screen}`);
    await page.waitForTimeout(900);
    await page.screenshot({path: join(folder, `${screen.replaceAll('/', '-')}-${look}.png`)});
  }
  if (page.faults.length > 0) console.log(look, page.faults);
  await page.end();
}
await chrome.close();
await mock.close();
await fresh.close();
