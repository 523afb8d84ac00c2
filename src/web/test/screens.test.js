// Each screen in both themes, narrow and wide: axe finds nothing, nothing scrolls sideways, nothing breaks the policy.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {startMock} from '../mock/server.js';
import {launch, signIn} from './kit.js';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const SCREENS = ['overview', 'jobs', 'add', 'jobs/genomes/files', 'jobs/genomes/connections', 'jobs/genomes/hosts', 'jobs/genomes/failures', 'jobs/genomes/log', 'jobs/genomes/settings', 'limits', 'history', 'users', 'audit', 'settings', 'account', 'nowhere'];
const READY = {overview: 'Jobs now', jobs: 'Photo archive', add: 'Choose a file', limits: 'Timetable', history: 'Nightly builds', users: 'grace', audit: 'session.open', settings: 'allowed networks', account: 'backup script', nowhere: 'Go to the jobs',
  'jobs/genomes/hosts': 'mirror.example.net', 'jobs/genomes/failures': 'What', 'jobs/genomes/log': 'is stored'};

let mock, fresh, chrome;
before(async () => {
  mock = await startMock({still: true});
  fresh = await startMock({fresh: true});
  chrome = await launch();
});
after(async () => {
  await chrome?.close();
  await mock?.close();
  await fresh?.close();
});

async function axe(page) {
  // Evaluated by the browser's debugger, which the policy of the page does not concern.
  const found = await page.evaluate(`(() => { ${AXE}; return axe.run(document, {resultTypes: ['violations']}); })()`);
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')} ${v.nodes[0].failureSummary?.split('\n')[1] ?? ''}`);
}
const sideways = (page) => page.evaluate(() => {
  const wide = document.querySelector('main') ?? document.body;
  return Math.max(document.documentElement.scrollWidth - innerWidth, wide.scrollWidth - wide.clientWidth);
});

for (const theme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`all screens, ${theme}, ${width} pixels`, async (t) => {
      const page = await chrome.page({width, height: 800, theme});
      await page.goto(fresh.url);
      await page.getByRole('button').first().waitFor();
      assert.deepEqual(await axe(page), [], 'setup');
      await page.goto(mock.url);
      await page.getByRole('button').first().waitFor();
      assert.deepEqual(await axe(page), [], 'sign-in');
      await signIn(page, mock.url);
      for (const screen of SCREENS) {
        await t.test(screen, async () => {
          await page.goto(`${mock.url}#/${screen}`);
          const text = READY[screen];
          if (text && text !== 'What') await page.getByText(text, {exact: false}).first().waitFor();
          else await page.locator('main h1').first().waitFor();
          await page.waitForTimeout(150);
          assert.deepEqual(await axe(page), []);
          assert.ok((await sideways(page)) <= 0, `scrolls sideways by ${await sideways(page)}`);
        });
      }
      assert.deepEqual(page.faults, []);
      await page.end();
    });
  }
}

test('dialogs and menus', async () => {
  const page = await chrome.page();
  await signIn(page, mock.url);
  await page.goto(`${mock.url}#/jobs`);
  await page.getByText('Photo archive').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', {name: 'Keys'}).waitFor();
  assert.deepEqual(await axe(page), [], 'keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', {name: 'More for Photo archive'}).click();
  await page.getByRole('menuitem', {name: 'Delete'}).waitFor();
  assert.deepEqual(await axe(page), [], 'menu');
  await page.getByRole('menuitem', {name: 'Delete'}).click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await axe(page), [], 'question');
  await page.keyboard.press('Escape');
  await page.goto(`${mock.url}#/users`);
  await page.getByRole('button', {name: 'Change grace'}).click();
  assert.deepEqual(await axe(page), [], 'user');
  await page.keyboard.press('Escape');
  await page.goto(`${mock.url}#/jobs/genomes`);
  await page.locator('[data-index="2"]').click();
  await page.getByRole('dialog', {name: 'File 3'}).waitFor();
  assert.deepEqual(await axe(page), [], 'file');
  assert.deepEqual(page.faults, []);
  await page.end();
});

test('in the pseudo-language every text is translated, and longer texts fit into 320 pixels', async () => {
  const page = await chrome.page({width: 320, height: 700, language: 'pseudo'});
  await page.goto(mock.url);
  await page.locator('input[name=name]').fill('ada');
  await page.locator('input[name=password]').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.locator('nav').first().waitFor();
  for (const screen of SCREENS.filter((s) => s !== 'nowhere')) {
    await page.goto(`${mock.url}#/${screen}`);
    await page.locator('main h1').first().waitFor();
    await page.waitForTimeout(200);
    assert.ok((await sideways(page)) <= 0, `${screen} scrolls sideways by ${await sideways(page)}`);
    const bare = await page.evaluate(() => [...document.querySelectorAll('nav a, nav button, h2, button, th, legend')].map((e) => e.textContent.trim()).filter((text) => /[a-z]{3}/i.test(text) && !/⟦/.test(text) && !/ada|grace|iB\/s|visitor|127\.0|example|genomes|http-404 |part-/.test(text)));
    assert.deepEqual(bare, [], screen);
  }
  await page.end();
});

test('texts from elsewhere are shown, never run', async () => {
  const evil = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>';
  const job = mock.world.jobs.find((j) => j.id === 'papers');
  const before = [job.name, job.note, job.hint];
  Object.assign(job, {name: evil, note: evil, hint: evil});
  const page = await chrome.page();
  page.on('dialog', () => page.faults.push('a dialog was opened'));
  await signIn(page, mock.url);
  for (const screen of ['jobs', 'overview', 'jobs/papers', 'jobs/papers/settings']) {
    await page.goto(`${mock.url}#/${screen}`);
    await page.locator('main h1').first().waitFor();
    await page.waitForTimeout(200);
    assert.equal(await page.locator('img[src=x]').count(), 0);
  }
  assert.ok((await page.locator('h1').textContent()).includes('<img src=x'));
  assert.deepEqual(page.faults, []);
  [job.name, job.note, job.hint] = before;
  await page.end();
});
