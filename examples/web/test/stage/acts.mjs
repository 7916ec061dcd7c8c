// What people do on more than one screen or in more than one test, by what they see.

import { E_MAILS_ARE_CONFIRMED } from './people.mjs';

/** Makes an account, in the form that asks somebody to sign in. */
export async function signUp({ page, press }, { full_name, email, password }) {
  await press(page.getByRole('button', { name: 'I am new here' }));
  await page.getByLabel('Full name').fill(full_name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page.getByRole('button', { name: 'Create account' }));
  const isIn = page.getByRole('button', { name: 'Sign out' });
  const mustConfirm = page.getByText('Confirm your e-mail');
  await isIn.or(mustConfirm).waitFor();
  if (await mustConfirm.isVisible()) throw new Error(E_MAILS_ARE_CONFIRMED);
}

/** Types a code at the door, as somebody does to whom it is read out. */
export async function typeCode({ page, press }, code) {
  await page.getByLabel('Ticket code').fill(code);
  await press(page.getByRole('button', { name: 'Check in' }));
}

const KEYS_EVERY_SECONDS = 0.005;

/** Types as a keyboard-wedge scanner does: a key every few milliseconds, by its own clock, however busy this machine is. */
export async function wedge({ page, context }, code) {
  const keyboard = await context.newCDPSession(page);
  const keys = [...[...code].map((key) => ({ key, text: key })), { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }];
  let timestamp = Date.now() / 1_000;
  for (const key of keys) {
    timestamp += KEYS_EVERY_SECONDS;
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...key });
  }
  await keyboard.detach();
}

/** Waits until the door says this of the latest scan. */
export async function hears({ page }, ...words) {
  let verdict = page.getByRole('region', { name: 'Verdict' });
  for (const hasText of words) verdict = verdict.filter({ hasText });
  await verdict.waitFor();
}
