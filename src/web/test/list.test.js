// The list of a million files.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {startMock} from '../mock/server.js';
import {launch, signIn} from './kit.js';

let mock, chrome, page;
before(async () => {
  mock = await startMock({million: 'only'});
  chrome = await launch();
  page = await chrome.page({width: 1280, height: 900});
  await signIn(page, mock.url);
  await page.goto(`${mock.url}#/jobs/million/files`);
  await page.getByRole('row', {name: 'part-0000001'}).waitFor();
});
after(async () => {
  await chrome?.close();
  await mock?.close();
});

const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
const firstShown = () => page.evaluate(() => Math.min(...[...document.querySelectorAll('[data-index]')].map((row) => Number(row.dataset.index))));
const grid = () => page.getByRole('grid', {name: 'Files of the job'});

test('a million rows need fewer than 2,000 elements, before and after scrolling', async () => {
  assert.equal(await grid().getAttribute('aria-rowcount'), '1000001');
  assert.ok((await elements()) < 2000, `${await elements()} elements`);
  const box = await grid().boundingBox();
  await page.mouse.move(box.x + 300, box.y + 200);
  for (let i = 0; i < 40; i++) await page.mouse.wheel(0, 700);
  await page.waitForFunction(() => document.querySelector('[data-index]') && Math.min(...[...document.querySelectorAll('[data-index]')].map((r) => Number(r.dataset.index))) > 300);
  assert.ok((await elements()) < 2000, `${await elements()} elements`);
});

test('the wheel moves as far as it turns, also in the middle of the list', async () => {
  await page.getByLabel('Go to row').fill('500000');
  await page.keyboard.press('Enter');
  await page.getByRole('row', {name: 'part-0500000'}).waitFor();
  // The scroll bar comes to rest where it belongs before the wheel turns.
  await page.waitForTimeout(300);
  const from = await firstShown();
  const box = await grid().boundingBox();
  await page.mouse.move(box.x + 300, box.y + 200);
  await page.mouse.wheel(0, 340);
  await page.waitForFunction((n) => Math.min(...[...document.querySelectorAll('[data-index]')].map((r) => Number(r.dataset.index))) !== n, from);
  await page.waitForTimeout(250);
  const moved = (await firstShown()) - from;
  assert.ok(moved >= 8 && moved <= 12, `340 pixels are 10 rows, it moved ${moved}`);
});

test('End shows the last row, Home the first', async () => {
  await page.getByRole('row', {name: 'part-0500000'}).focus();
  await page.keyboard.press('End');
  await page.getByRole('row', {name: 'part-1000000'}).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.index), '999999');
  await page.keyboard.press('Home');
  await page.getByRole('row', {name: 'part-0000001'}).waitFor();
});

test('a state filter finds all of them, and an action takes them all', async () => {
  await page.getByRole('button', {name: /^Failed/}).click();
  await page.waitForFunction(() => document.querySelector('[role=grid]').getAttribute('aria-rowcount') < 100);
  const all = Number(await grid().getAttribute('aria-rowcount')) - 1;
  assert.ok(all >= 41, `${all} failed`);
  await page.locator('[data-index="0"] input').check();
  await page.getByRole('button', {name: /^Select all/}).click();
  const retry = page.getByRole('button', {name: /^Retry \d+$/});
  await retry.waitFor();
  const count = Number(/\d+/.exec(await retry.textContent())[0]);
  assert.ok(count >= all);
  mock.requests.length = 0;
  await retry.click();
  await page.getByText(/files to be tried again/).waitFor();
  assert.equal(mock.requests.filter((r) => r.includes('files:batch')).length, 1, 'one request for all');
  await page.getByRole('button', {name: /^All /}).click();
});

test('a text filter is done by the server', async () => {
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.keyboard.type('0777123');
  await page.getByRole('row', {name: 'part-0777123'}).waitFor();
  assert.equal(await grid().getAttribute('aria-rowcount'), '2');
  await page.getByLabel('Filter by name or address').fill('');
});

test('only the rows in view are asked for', async () => {
  await page.waitForFunction(() => Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) > 900_000);
  mock.requests.length = 0;
  await page.getByLabel('Go to row').fill('900000');
  await page.keyboard.press('Enter');
  await page.getByRole('row', {name: 'part-0900000'}).waitFor();
  const asked = mock.requests.filter((r) => r.includes('/files?'));
  assert.ok(asked.length <= 3, asked.join('\n'));
});

test('nothing was refused by the policy and nothing threw', () => assert.deepEqual(page.faults, []));
