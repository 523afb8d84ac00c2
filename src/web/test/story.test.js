// The story of a user from the setup code to finished files, against the real daemon: by mouse, by keyboard only,
// and by touch at 320 pixels; two users; a restart; the stream.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, afterEach, before, test} from 'node:test';
import {startDaemon, startOrigin} from './daemon.js';
import {launch, signIn} from './kit.js';

const PASSWORD = 'correct horse battery';
let chrome;
const open = [];
before(async () => (chrome = await launch()));
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});
after(async () => chrome?.close());
const kept = (thing) => (open.push(thing), thing);

async function setUp(page, daemon, name = 'ada') {
  await page.goto(daemon.url);
  await page.getByLabel('Setup code').fill(daemon.code);
  await page.getByLabel('Your name').fill(name);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', {name: 'Create account'}).click();
  await page.getByRole('navigation', {name: 'Main'}).waitFor();
}

test('by mouse: set up, add a list with an error, mend it, see it done, fetch a file', async () => {
  const daemon = kept(await startDaemon());
  const origin = kept(await startOrigin());
  const page = await chrome.page();
  await setUp(page, daemon);
  await page.getByText('No jobs yet').waitFor();
  await page.getByRole('link', {name: 'Add the first job'}).click();

  const list = join(daemon.folder, 'first.csv');
  writeFileSync(list, `url,name\n${origin.url}/a.bin,a.bin\nnot-an-address,b.bin\n`);
  await page.getByLabel('List of files').setInputFiles(list);
  await page.getByText('1 error in the list').waitFor();
  assert.equal(await page.locator('.errors tbody td').first().textContent(), '3');
  assert.ok(await page.getByRole('button', {name: 'Add job'}).isDisabled());

  writeFileSync(list, `url,name\n${origin.urls(40).map((url, i) => `${url},files/${i}.bin`).join('\n')}\n${origin.url}/missing.bin,missing.bin\n`);
  await page.getByRole('button', {name: 'Remove'}).click();
  await page.getByLabel('List of files').setInputFiles(list);
  await page.getByText('Ready to add').waitFor();
  await page.getByLabel('Not yet: I start it').check();
  await page.getByRole('button', {name: 'Add 41 files'}).click();
  await page.getByText('Not started yet').waitFor();
  await page.getByRole('button', {name: 'Start now'}).click();

  await page.getByRole('heading', {name: 'first'}).waitFor();
  await page.getByText('Done, with failures').first().waitFor({timeout: 120_000});
  await page.getByRole('button', {name: /^Completed/}).click();
  await page.getByRole('row', {name: /0\.bin/}).first().waitFor();
  await page.getByRole('link', {name: /^Failures/}).click();
  await page.getByRole('button', {name: 'Retry 1 file'}).waitFor();
  const done = daemon.files().filter((file) => /files\/\d+\.bin$/.test(file));
  assert.equal(done.length, 40);
  for (const file of done) assert.equal(createHash('sha256').update(readFileSync(file)).digest('hex'), origin.sha256);

  await page.getByRole('link', {name: 'Files', exact: true}).click();
  await page.getByRole('button', {name: /^All /}).click();
  await page.locator('[data-index="0"]').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', {name: 'Save a copy'}).click()]);
  assert.equal(createHash('sha256').update(readFileSync(await saved.path())).digest('hex'), origin.sha256);
  await page.keyboard.press('Escape');
  for (const tab of ['Connections', 'Hosts', 'Log', 'Settings']) {
    await page.getByRole('navigation', {name: 'Parts of the job'}).getByRole('link', {name: tab}).click();
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole('alert').count(), 0, tab);
  }
  for (const place of ['Overview', 'Limits', 'History', 'Users', 'Audit', 'Settings', 'ada']) {
    await page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: place}).click();
    await page.locator('main h1').waitFor();
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole('alert').count(), 0, place);
  }
  assert.deepEqual(page.faults, []);
  await page.end();
});

test('by keyboard only: sign in, paste addresses, pause, go on, change the rate, see it done', async () => {
  const daemon = kept(await startDaemon());
  const origin = kept(await startOrigin({size: 400_000, perSecond: 4_000}));
  const page = await chrome.page();
  await page.goto(daemon.url);
  await page.getByLabel('Setup code').waitFor();
  for (const text of [daemon.code, 'ada', PASSWORD, PASSWORD]) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByText('No jobs yet').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('heading', {name: 'Add a job'}).waitFor();
  const focused = (what) => page.waitForFunction((w) => document.activeElement?.matches(w), what);
  for (let i = 0; i < 6 && !(await page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA')); i++) await page.keyboard.press('Tab');
  await focused('textarea');
  await page.keyboard.insertText(origin.urls(12).join('\n'));
  await page.getByText('Ready to add').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {name: 'By keys'}).waitFor();
  await page.locator('.why').getByText('Running', {exact: true}).waitFor();
  await page.keyboard.press('p');
  await page.locator('.why').getByText('Paused', {exact: true}).waitFor();
  await page.keyboard.press('p');
  await page.locator('.why').getByText('Running', {exact: true}).waitFor();
  await page.keyboard.press('l');
  await focused('#limit-rate');
  await page.keyboard.type('50M');
  await page.keyboard.press('Enter');
  await page.getByText('Rate of all connections: 50M').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('1');
  await page.getByRole('row', {name: 'file-1.bin'}).waitFor();
  origin.perSecond = Infinity;
  await page.locator('.why').getByText('Done', {exact: true}).waitFor({timeout: 120_000});
  await page.keyboard.press('ArrowDown');
  await focused('[data-index="0"]');
  await page.keyboard.press('End');
  await focused('[data-index="11"]');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', {name: 'File 12'}).waitFor();
  await page.keyboard.press('Escape');
  await focused('[data-index="11"]');
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page.getByText('Finished').waitFor();
  assert.equal(daemon.files().filter((file) => file.endsWith('.bin')).length, 12);
  assert.deepEqual(page.faults, []);
  await page.end();
});

test('by touch at 320 pixels: sign in, add, look, cancel', async () => {
  const daemon = kept(await startDaemon());
  const origin = kept(await startOrigin({size: 500_000, perSecond: 2_000}));
  const page = await chrome.page({width: 320, height: 640, touch: true});
  await page.goto(daemon.url);
  await page.getByLabel('Setup code').fill(daemon.code);
  await page.getByLabel('Your name').fill('ada');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', {name: 'Create account'}).tap();
  await page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Add'}).tap();
  await page.getByLabel('Or paste addresses, one a line').fill(origin.urls(8).join('\n'));
  await page.getByText('Ready to add').waitFor();
  await page.locator('input[name=name]').fill('On the phone');
  await page.getByRole('button', {name: 'Add 8 files'}).tap();
  await page.getByRole('heading', {name: 'On the phone'}).waitFor();
  await page.getByRole('row', {name: /file-1\.bin/}).tap();
  await page.getByRole('dialog', {name: 'File 1'}).waitFor();
  await page.getByRole('button', {name: 'Close'}).tap();
  await page.getByRole('button', {name: 'More for On the phone'}).tap();
  await page.getByRole('menuitem', {name: 'Cancel'}).tap();
  await page.getByRole('dialog').getByRole('button', {name: 'Cancel', exact: true}).tap();
  await page.locator('.why').getByText('Cancelled', {exact: true}).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} pixels wide`);
  assert.deepEqual(page.faults, []);
  await page.end();
});

test('two users do not see each other, and a restart in mid-run loses nothing', async () => {
  const daemon = kept(await startDaemon());
  const origin = kept(await startOrigin({size: 600_000, perSecond: 2_000}));
  const ada = await chrome.page();
  await setUp(ada, daemon);
  await ada.goto(`${daemon.url}#/users`);
  await ada.getByRole('button', {name: 'Add a user'}).click();
  await ada.locator('input[name=new-user]').fill('grace');
  await ada.locator('dialog input[type=password]').fill(PASSWORD);
  await ada.getByRole('button', {name: 'Create user'}).click();
  await ada.getByRole('button', {name: 'Change grace'}).waitFor();

  const add = async (page, name) => {
    await page.goto(`${daemon.url}#/add`);
    await page.getByLabel('Or paste addresses, one a line').fill(origin.urls(6, name).join('\n'));
    await page.getByText('Ready to add').waitFor();
    await page.locator('input[name=name]').fill(name);
    await page.getByRole('button', {name: 'Add 6 files'}).click();
    await page.getByRole('heading', {name}).waitFor();
  };
  const grace = await chrome.page();
  await signIn(grace, daemon.url, 'grace', PASSWORD);
  await add(grace, 'hers');
  const address = grace.url();
  assert.equal(await grace.getByRole('link', {name: 'Users'}).count(), 0);
  const third = await chrome.page();
  await ada.getByRole('button', {name: 'Add a user'}).click();
  await ada.locator('input[name=new-user]').fill('linus');
  await ada.locator('dialog input[type=password]').fill(PASSWORD);
  await ada.getByRole('button', {name: 'Create user'}).click();
  await ada.getByRole('button', {name: 'Change linus'}).waitFor();
  await signIn(third, daemon.url, 'linus', PASSWORD);
  await third.goto(`${daemon.url}#/jobs`);
  await third.getByText('No jobs yet').waitFor();
  await third.goto(address);
  await third.getByText('There is no such job.').waitFor();

  await grace.locator('.why').getByText('Running', {exact: true}).waitFor();
  await daemon.restart('SIGKILL');
  await grace.getByText(/Not live since/).waitFor({state: 'detached', timeout: 120_000});
  origin.perSecond = Infinity;
  await grace.locator('.why').getByText('Done', {exact: true}).waitFor({timeout: 120_000});
  const files = daemon.files().filter((file) => /hers-\d\.bin$/.test(file));
  assert.equal(files.length, 6);
  for (const file of files) assert.equal(createHash('sha256').update(readFileSync(file)).digest('hex'), origin.sha256);
  for (const page of [ada, grace, third]) {
    assert.deepEqual(page.faults, []);
    await page.end();
  }
});

test('two people at the same limits: the second one sees what the first has set, and overwrites nothing', async () => {
  const daemon = kept(await startDaemon());
  const first = await chrome.page();
  await setUp(first, daemon);
  const second = await chrome.page();
  await signIn(second, daemon.url, 'ada', PASSWORD);
  for (const page of [first, second]) {
    await page.goto(`${daemon.url}#/limits`);
    await page.getByLabel('Files at once', {exact: true}).waitFor();
  }
  const set = async (page, label, value) => {
    await page.getByLabel(label, {exact: true}).fill(value);
    await page.getByLabel(label, {exact: true}).press('Enter');
  };
  await set(first, 'Files at once', '7');
  await first.getByText('Files at once: 7.').waitFor();

  await set(second, 'Connections', '30');
  await second.getByText(/somebody has changed this meanwhile/).waitFor();
  assert.equal(await second.getByLabel('Files at once', {exact: true}).inputValue(), '7');
  assert.equal(await second.getByLabel('Connections', {exact: true}).inputValue(), '');
  await set(second, 'Connections', '30');
  await second.getByText('Connections: 30.').waitFor();
  assert.equal(await second.getByLabel('Files at once', {exact: true}).inputValue(), '7');
  assert.deepEqual([...first.faults, ...second.faults], []);
  await first.end();
  await second.end();
});
