// What the browser tests share: one Chromium, and pages that count their violations.
import {existsSync} from 'node:fs';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export function chromiumPath() {
  const path = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => p && existsSync(p));
  if (!path) throw new Error('There is no Chromium. Run scripts/install-test-tools, or set CHROMIUM to its path.');
  return path;
}

export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), 'bulkdl-page-'));
  const context = await chromium.launchPersistentContext(profile, {executablePath: chromiumPath(), args: FLAGS, headless: true, viewport: null, acceptDownloads: true});
  const browser = context.browser();
  return {
    browser,
    async close() {
      await context.close();
      rmSync(profile, {recursive: true, force: true});
    },
    /** A page of its own, with its own cookies. */
    async page({width = 1280, height = 800, theme = 'light', touch = false, language} = {}) {
      const own = await browser.newContext({viewport: {width, height}, colorScheme: theme, hasTouch: touch, isMobile: touch, acceptDownloads: true});
      if (language) await own.addInitScript(`localStorage.setItem('bulkdl.language', ${JSON.stringify(language)})`);
      await own.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
        });
      });
      const page = await own.newPage();
      const faults = [];
      page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
      page.on('console', (message) => {
        // A refused sign-in is an answer, not a fault.
        if (message.type() === 'error' && !/status of 4\d\d|WebSocket|ERR_CONNECTION|status of 502/.test(message.text())) faults.push(message.text());
      });
      page.setDefaultTimeout(60_000);
      return Object.assign(page, {faults, end: () => own.close()});
    },
  };
}

export async function signIn(page, url, name = 'ada', password = 'correct horse battery') {
  await page.goto(url);
  await page.getByLabel('Name', {exact: true}).fill(name);
  await page.getByLabel('Password', {exact: true}).fill(password);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.getByRole('navigation', {name: 'Main'}).waitFor();
}
