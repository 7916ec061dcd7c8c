// The first act: an event is drafted, published and found.

import { signUp } from '../stage/acts.mjs';
import { checked } from '../stage/checked.mjs';
import { somebody } from '../stage/people.mjs';

export async function putOnSale(scene, { organizer, buyer, onlooker, event, hall }) {
  await scene('an organizer signs up, and drafts an event that nobody else sees', async () => {
    const { page, press } = organizer;
    await page.goto('/organizer');
    await checked(organizer, 'sign in');
    await signUp(organizer, somebody('Olive Marchetti'));
    await page.getByRole('heading', { name: 'Create your first event' }).waitFor();
    await checked(organizer, 'dashboard without events');

    await press(page.getByRole('link', { name: 'New event' }));
    await page.getByLabel('Name').fill(event.name);
    await press(page.getByRole('button', { name: 'Save draft' }));
    await page.getByText('Enter a date and a time.').first().waitFor();
    await checked(organizer, 'editor with problems');
    await page.getByLabel('Type').selectOption('Workshop');
    await page.getByLabel('Venue').selectOption({ label: `${hall.name}, Toronto` });
    await page.getByLabel('Description').fill('Set a line of type by hand, ink it, and take home what you printed.');
    await page.getByLabel('Starts').fill(`${event.day}T18:30`);
    await page.getByLabel('Ends').fill(`${event.day}T21:00`);
    await page.getByLabel('Capacity').fill('40');
    await page.getByLabel('Price in dollars').fill('49');
    await press(page.getByRole('button', { name: 'Save draft' }));

    await page.getByRole('heading', { name: event.name, level: 1 }).waitFor();
    event.path = await page.getByRole('link', { name: 'View page' }).getAttribute('href');
    await checked(organizer, 'editor of a draft');
    await onlooker.page.goto(event.path);
    await onlooker.page.getByRole('heading', { name: 'This event is not here' }).waitFor();
  });

  await scene('published, it is on sale', async () => {
    const { page, press } = organizer;
    await press(page.getByRole('button', { name: 'Publish' }));
    const dialog = page.getByRole('dialog', { name: `Publish: ${event.name}` });
    await dialog.waitFor();
    await checked(organizer, 'publish dialog');
    await press(dialog.getByRole('button', { name: 'Publish' }));
    await page.getByText('Published', { exact: true }).waitFor();
    await checked(organizer, 'editor of a published event');
  });

  await scene('a visitor finds it by its name, its type, its price, its venue and its month', async () => {
    const { page, press } = buyer;
    const types = page.getByRole('navigation', { name: 'Type of event' });
    const isFound = () => page.getByRole('heading', { name: '1 event found' }).waitFor();
    const isNotFound = () => page.getByRole('heading', { name: 'No event fits all of that' }).waitFor();
    await page.goto('/');
    await checked(buyer, 'listing');
    await page.getByLabel('Search events by name').fill(event.name.toUpperCase());
    await isFound();
    await press(types.getByRole('link', { name: 'Conference' }));
    await isNotFound();
    await checked(buyer, 'listing where nothing is found');
    await press(types.getByRole('link', { name: 'Workshop' }));
    await isFound();
    await page.getByLabel('Price').selectOption('Free');
    await isNotFound();
    await page.getByLabel('Price').selectOption('Paid');
    await isFound();
    await page.getByLabel('Venue').selectOption({ label: `${hall.name}, Toronto` });
    await press(page.getByRole('link', { name: 'This week' }));
    await isNotFound();
    await press(page.getByRole('link', { name: monthOf(event.day) }));
    await isFound();
    await checked(buyer, 'listing narrowed');
    await press(page.getByRole('listitem').getByRole('link', { name: event.name }));
    await page.getByText('40 of 40 seats left').waitFor();
    await checked(buyer, 'event');
  });
}

/** `January 2027, 3 events`, whatever else there is. */
function monthOf(day) {
  const name = new Intl.DateTimeFormat('en-CA', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
  return new RegExp(`^${name}, `);
}
