// A person with a small phone and a keyboard, without JavaScript, who approves a device in a real browser.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [executablePath, address, name, password] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
});
const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
const page = await context.newPage();
const complaints = [];
page.on('console', (message) => complaints.push(message.text()));
page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
page.on('request', (request) => {
  if (new URL(request.url()).origin !== new URL(address).origin) complaints.push(`foreign: ${request.url()}`);
});

async function looksAt(heading) {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= there, `${heading}: ${needed} of ${there} pixels`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, input:not([type=hidden])')]
      .filter((element) => element.className !== 'link' && element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML));
  assert.deepEqual(small, [], 'everything to touch is large enough');
}

async function tabTo(text) {
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').innerText()) === text) return;
  }
  assert.fail(`the keyboard does not reach: ${text}`);
}

async function submit() {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

await page.goto(address);
await looksAt('Sign in');
await page.keyboard.type(name);
await page.keyboard.press('Tab');
await page.keyboard.type(password);
await submit();
await looksAt('Is this your device?');
await tabTo('Approve this device');
await submit();
await looksAt('Approved');
assert.deepEqual(complaints, []);
await browser.close();
console.log('done');
