// The second act: two tickets are ordered, not paid, paid, and shown.

import assert from 'node:assert/strict';

import { signUp } from '../stage/acts.mjs';
import { checked } from '../stage/checked.mjs';
import { read } from '../stage/symbols.mjs';

/** Gives what the codes of the two tickets say. */
export async function buy(scene, { buyer, onlooker, ada, event }) {
  const codes = {};

  await scene('whoever buys signs up on the way, and the seats are held', async () => {
    const { page, press } = buyer;
    await onlooker.page.goto(event.path);
    await onlooker.page.getByText('40 of 40 seats left').waitFor();
    await press(page.getByRole('button', { name: 'One ticket more' }));
    await page.getByText('$98.00').waitFor();
    await press(page.getByRole('button', { name: 'Get tickets' }));
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
    await checked(buyer, 'sign in to buy');
    await signUp(buyer, ada);
    await page.getByRole('heading', { name: 'Who will come?' }).waitFor();
    await checked(buyer, 'checkout');
  });

  await scene('a page that was left open tells of the seats that are gone', async () => {
    await onlooker.page.getByText('38 of 40 seats left').waitFor();
    await checked(onlooker, 'event while somebody buys');
  });

  await scene('nobody pays before it is known who comes', async () => {
    const { page, press } = buyer;
    await press(page.getByRole('button', { name: 'Pay $98.00' }));
    await page.getByText('Enter an e-mail address.').first().waitFor();
    assert.equal(await focused(page), 'Full name');
    await checked(buyer, 'checkout with problems');
    await press(page.getByRole('button', { name: 'Same as me' }));
    const second = page.getByRole('group', { name: 'Ticket 2 of 2' });
    await second.getByLabel('Full name').fill('Björn Þórsson, “the 2nd”');
    await second.getByLabel('E-mail').fill('bjorn@example.com');
  });

  await scene('a payment that fails takes no money, and the order can be paid again', async () => {
    const { page, press } = buyer;
    await press(page.getByRole('button', { name: 'Let the payment fail' }));
    await page.getByRole('alert').filter({ hasText: 'The payment failed' }).filter({ hasText: 'you can still pay' }).waitFor();
    await checked(buyer, 'payment failed');

    const letGo = await heldBack(page, '**/rest/v1/orders?*');
    await press(page.getByRole('button', { name: 'Pay $98.00' }));
    await page.getByRole('heading', { name: 'Waiting for the payment' }).waitFor();
    await checked(buyer, 'payment awaited');
    await letGo();
    await page.getByRole('heading', { name: `You are going to ${event.name}` }).waitFor();
    await page.getByText('2 tickets, $98.00 paid').waitFor();
    await checked(buyer, 'confirmation');
  });

  await scene('My tickets has both with their codes, and shows one over the whole screen', async () => {
    const { page, press } = buyer;
    await press(page.getByRole('main').getByRole('link', { name: 'My tickets' }));
    await page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await checked(buyer, 'my tickets');
    const symbolOf = (name) => page.getByRole('img', { name: `QR code of ${name}` });
    codes.ada = await read(symbolOf('Ada Novak'));
    codes.bjorn = await read(symbolOf('Björn Þórsson, “the 2nd”'));
    assert.notEqual(codes.ada, codes.bjorn);
    await press(page.getByRole('button', { name: 'Show at the door for Ada Novak' }));
    const shown = page.getByRole('dialog', { name: `Ticket for ${event.name}` });
    assert.equal(await read(shown.getByRole('img', { name: 'QR code of Ada Novak' })), codes.ada);
    await checked(buyer, 'ticket for the door');
  });

  return codes;
}

/** The label of the field that has the focus. */
function focused(page) {
  return page.evaluate(() => document.activeElement?.labels?.[0]?.textContent);
}

/** Holds answers back, until it is told to let them go. */
async function heldBack(page, pattern) {
  let letGo;
  const gate = new Promise((open) => { letGo = open; });
  await page.route(pattern, async (route) => {
    await gate;
    await route.continue();
  });
  return async () => {
    letGo();
    await page.unrouteAll({ behavior: 'wait' });
  };
}
