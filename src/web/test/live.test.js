// The page stays live: by WebSocket, by what a proxy leaves of it, and again after the daemon was away.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {startMock} from '../mock/server.js';
import {launch, signIn} from './kit.js';

let chrome;
before(async () => (chrome = await launch()));
after(async () => chrome?.close());

async function watched(options, transport) {
  const mock = await startMock(options);
  const page = await chrome.page();
  try {
    await signIn(page, mock.url);
    await page.goto(`${mock.url}#/settings`);
    await page.getByText(`Live by ${transport}`).waitFor({timeout: 120_000});
    await page.goto(`${mock.url}#/jobs/genomes`);
    const progress = page.getByText(/of 83,412 files/).first();
    await progress.waitFor();
    const then = await progress.textContent();
    await page.waitForFunction((text) => ![...document.querySelectorAll('p')].some((p) => p.textContent.includes(text)), then);
    const secrets = mock.requests.filter((r) => /token|password|[0-9a-f]{32}/.test(r));
    assert.deepEqual(secrets, [], 'no secret in an address');
    assert.deepEqual(page.faults, []);
  } finally {
    await page.end();
    await mock.close();
  }
}

test('by WebSocket', () => watched({}, 'WebSocket'));
test('by server-sent events when a proxy refuses WebSockets', () => watched({noWebSocket: true}, 'server-sent events'));
test('by long poll when a proxy holds events back as well', () => watched({noWebSocket: true, noSse: true}, 'long poll'));
test('below a base path', () => watched({base: '/tools/bulkdl'}, 'WebSocket'));

test('says since when it is not live, and comes back by itself', async () => {
  const mock = await startMock({});
  const page = await chrome.page();
  try {
    await signIn(page, mock.url);
    await page.goto(`${mock.url}#/jobs`);
    await page.getByText('Photo archive').waitFor();
    await page.context().setOffline(true);
    mock.drop();
    await page.getByText(/Not live since \d\d:\d\d:\d\d/).waitFor();
    mock.world.jobs.find((job) => job.id === 'photos').enter('done');
    mock.passAgain();
    await page.context().setOffline(false);
    await page.getByText(/Not live since/).waitFor({state: 'detached'});
    // What happened meanwhile is there.
    await page.getByText('Finished').waitFor();
    await page.locator('[data-job=photos]').getByText('All files are there').waitFor();
  } finally {
    await page.end();
    await mock.close();
  }
});

test('a session that ended leads to the sign-in, and back to the same screen', async () => {
  const mock = await startMock({});
  const page = await chrome.page();
  try {
    await signIn(page, mock.url);
    await page.goto(`${mock.url}#/limits`);
    await page.getByText('Limits of the daemon').waitFor();
    mock.world.sessions.clear();
    await page.getByRole('button', {name: 'More: Connections', exact: true}).click();
    await page.getByRole('heading', {name: 'Sign in'}).waitFor();
    await page.getByLabel('Name', {exact: true}).fill('ada');
    await page.getByLabel('Password', {exact: true}).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByText('Limits of the daemon').waitFor();
  } finally {
    await page.end();
    await mock.close();
  }
});
