// A ticket is bought without a mouse.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checked } from './stage/checked.mjs';
import { DESK, guest, launch } from './stage/guest.mjs';
import { eventOnSale, removeAll, somebodyWithAccount } from './stage/people.mjs';

/** More stops than there are between any two controls that a buyer needs. */
const MOST_STOPS = 40;

let browser, customer, event;

before(async () => {
  browser = await launch();
  event = await eventOnSale(await somebodyWithAccount('Olive Marchetti'), 'Typewriters of the World');
  customer = await somebodyWithAccount('Ada Novak');
});

after(async () => {
  await browser?.close();
  await removeAll();
});

test('with the keyboard alone somebody finds an event, signs in and pays, and always sees the focus', async (t) => {
  const visitor = await guest(t, browser, DESK);
  const { page } = visitor;
  const { keyboard } = page;
  await page.goto('/');
  await page.getByRole('heading', { name: 'on sale' }).waitFor();

  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await keyboard.press('Tab');
  assert.ok(await hasFocus(skip), 'the first stop is the way past the menu');
  await checked(visitor, 'skip link');
  await keyboard.press('Enter');
  const search = page.getByLabel('Search events by name');
  await keyboard.press('Tab');
  assert.ok(await hasFocus(search), 'it leads past the menu');
  await keyboard.type(event.name);
  await page.getByRole('heading', { name: '1 event found' }).waitFor();
  await tabTo(page.getByRole('listitem').getByRole('link', { name: event.name }));
  await checked(visitor, 'focus on an event');
  await keyboard.press('Enter');

  const getTickets = page.getByRole('button', { name: 'Get tickets' });
  await getTickets.waitFor();
  await tabTo(page.getByRole('button', { name: 'One ticket more' }));
  await keyboard.press('Enter');
  await tabTo(getTickets);
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.waitFor();
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await hasFocus(getTickets), 'a dialog that is closed gives the focus back');
  await keyboard.press('Enter');
  await tabTo(dialog.getByLabel('E-mail'));
  await keyboard.type(customer.email);
  await tabTo(dialog.getByLabel('Password'));
  await keyboard.type(customer.password);
  await keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Who will come?' }).waitFor();
  await tabTo(page.getByRole('button', { name: 'Same as me' }));
  await keyboard.press('Space');
  const second = page.getByRole('group', { name: 'Ticket 2 of 2' });
  await tabTo(second.getByLabel('Full name'));
  await keyboard.type('Jun Mori');
  await tabTo(second.getByLabel('E-mail'));
  await keyboard.type('jun@example.com');
  await tabTo(page.getByRole('button', { name: 'Pay $98.00' }));
  await checked(visitor, 'focus on the payment');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: `You are going to ${event.name}` }).waitFor();
});

/** Goes on with Tab until a control has the focus. Wherever it stops on the way, that is to be seen. */
async function tabTo(control) {
  const page = control.page();
  for (let stops = 0; !(await hasFocus(control)); stops += 1) {
    assert.ok(stops < MOST_STOPS, `Tab leads to ${control}`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(focusThatIsNotSeen), undefined, 'the focus is seen');
  }
}

function hasFocus(control) {
  return control.evaluate((element) => element === document.activeElement);
}

/** Runs in the page: what has the focus, if neither it nor what is around it is outlined within the window. */
function focusThatIsNotSeen() {
  const focused = document.activeElement;
  for (let element = focused; element !== document.body && element !== null; element = element.parentElement) {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom } = element.getBoundingClientRect();
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight) return undefined;
  }
  return focused?.outerHTML.slice(0, 120);
}
