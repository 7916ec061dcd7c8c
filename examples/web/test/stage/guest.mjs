// Somebody before a browser of their own.

import assert from 'node:assert/strict';

import { chromium } from 'playwright-core';

import { SESSION } from './people.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE_MS = 20_000;

export const DESK = { name: 'desk', screen: { viewport: { width: 1280, height: 900 } } };
export const PHONE = {
  name: 'phone',
  screen: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** What Chromium writes of requests that do not get what they ask for. */
export const NO_NETWORK = 'Failed to load resource: net::ERR_INTERNET_DISCONNECTED';
export const refusal = (status, words) => `Failed to load resource: the server responded with a status of ${status} (${words})`;

/** The page that is tested. */
export const address = process.env.EVENTOS_EXAMPLE_URL;

/** The browser that `EVENTOS_CHROMIUM` names. */
export function launch(flags = []) {
  assert.ok(address, 'say where the example runs in EVENTOS_EXAMPLE_URL, as `cargo xtask test web-example` does');
  return chromium.launch({ executablePath: process.env.EVENTOS_CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, ...flags] });
}

/**
 * Opens a browser for somebody. At the end of the test it is closed, and its console must have said nothing but what is
 * `forgiven`, word for word.
 */
export async function guest(t, browser, device, { session, forgiven = [] } = {}) {
  const context = await browser.newContext({ ...device.screen, baseURL: address, storageState: keeping(session) });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints.filter((text) => !forgiven.includes(text)), [], 'the console stays empty');
  });
  const page = await context.newPage();
  return { page, context, device, press: (control) => (device.screen.hasTouch ? control.tap() : control.click()) };
}

function keeping(session) {
  if (session === undefined) return undefined;
  return { cookies: [], origins: [{ origin: address, localStorage: [{ name: SESSION, value: session }] }] };
}
