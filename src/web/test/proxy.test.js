// The page of the real daemon behind reverse proxies.
import assert from 'node:assert/strict';
import {after, afterEach, before, test} from 'node:test';
import {startDaemon, startOrigin, startProxy} from './daemon.js';
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

test('behind a proxy with a prefix, and behind proxies that pass no WebSockets or no streams', async () => {
  const daemon = kept(await startDaemon({args: ['--base-path', '/tools/bulkdl']}));
  const origin = kept(await startOrigin({size: 300_000, perSecond: 60_000}));
  const first = kept(await startProxy(daemon.url, {prefix: '/tools/bulkdl'}));
  const page = await chrome.page();
  const hosts = new Set();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(first.url);
  await page.getByLabel('Setup code').fill(daemon.code);
  await page.getByLabel('Your name').fill('ada');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', {name: 'Create account'}).click();
  await page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Settings'}).click();
  await page.getByText('Live by WebSocket').waitFor();
  await page.reload();
  await page.getByText('Live by WebSocket').waitFor();
  assert.equal(hosts.size, 1, [...hosts].join());
  assert.deepEqual(page.faults, []);
  await page.end();

  for (const [passes, transport] of [[{webSocket: false}, 'server-sent events'], [{webSocket: false, streams: false}, 'long poll']]) {
    const proxy = kept(await startProxy(daemon.url, {prefix: '/tools/bulkdl', ...passes}));
    const other = await chrome.page();
    await signIn(other, proxy.url, 'ada', PASSWORD);
    await other.goto(`${proxy.url}#/settings`);
    await other.getByText(`Live by ${transport}`).waitFor({timeout: 120_000});
    await other.goto(`${proxy.url}#/add`);
    await other.getByLabel('Or paste addresses, one a line').fill(origin.urls(4, transport.replaceAll(' ', '-')).join('\n'));
    await other.locator('input[name=name]').fill(transport);
    await other.getByRole('button', {name: 'Add 4 files'}).click();
    // It is seen to end without a reload.
    await other.locator('.why').getByText('Done', {exact: true}).waitFor({timeout: 120_000});
    assert.deepEqual(other.faults, []);
    await other.end();
  }
});
