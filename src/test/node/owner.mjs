// A person with a small phone, without JavaScript, who looks after a device in a real browser.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [executablePath, address, name, password, device] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
});
const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
const page = await context.newPage();
const complaints = [];
page.on('console', (message) => complaints.push(message.text()));
page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
let pictures = 0;

async function looksAt(heading) {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await page.screenshot({ path: `owner-${++pictures}.png`, fullPage: true });
  const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= there, `${heading}: ${needed} of ${there} pixels`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, input:not([type=hidden]), .ways a, .onward a, .back a')]
      .filter((element) => element.className !== 'link' && element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML));
  assert.deepEqual(small, [], 'everything to touch is large enough');
}

async function press(button) {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: button, exact: true }).click()]);
}

async function follow(link) {
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: link }).first().click()]);
}

await page.goto(address);
await looksAt('Devices and their access');
await follow('Your devices');
await looksAt('Sign in');
await page.getByLabel('Name').fill(name);
await page.getByLabel('Password').fill(password);
await press('Sign in');
await looksAt('Your devices');
await follow(device);
await looksAt(device);
await page.getByLabel('New name').fill('Attic');
await press('Rename');
await looksAt('Attic');
await press('Suspend');
await looksAt('Attic');
await press('Resume');
await looksAt('Attic');
await follow('Revoke its access…');
await looksAt('Revoke the access of Attic?');
await press('Revoke access');
await looksAt('Attic');
await page.getByText('Not connected').waitFor();
await follow('Your devices');
await press('Sign out everywhere');
await looksAt('Signed out');
assert.deepEqual(complaints, []);
await browser.close();
console.log('done');
