// The third act: the door, from the organizer's first scan to the last one of staff.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { qrPayload } from '@eventos/wasm';

import { hears, typeCode, wedge } from '../stage/acts.mjs';
import { checked } from '../stage/checked.mjs';
import { read } from '../stage/symbols.mjs';

export async function letIn(scene, { organizer, buyer, staff, ada, event }, codes) {
  await scene('the door admits it by name, and its holder sees that', async () => {
    const { page, press } = organizer;
    await press(page.getByRole('link', { name: 'Your events' }));
    await page.getByText('2 / 40 sold').waitFor();
    await checked(organizer, 'dashboard');
    await press(page.getByRole('link', { name: `Open door ${event.name}` }));
    await hears(organizer, 'Ready');
    await counts(organizer, { admitted: 0, expected: 2 });
    await checked(organizer, 'door ready');
    await typeCode(organizer, codes.ada);
    await hears(organizer, 'Admitted', 'Ada Novak');
    await counts(organizer, { admitted: 1, expected: 1 });
    await checked(organizer, 'door admitted');
    await buyer.page.getByText('You are in. Enjoy it.').waitFor();
    await checked(buyer, 'ticket that was used');
  });

  await scene('it admits nobody a second time, typed or scanned', async () => {
    const { page, press } = organizer;
    await typeCode(organizer, codes.ada);
    await hears(organizer, 'Already used', 'Ada Novak');
    await checked(organizer, 'door already used');
    await press(page.getByRole('button', { name: 'Next' }));
    await hears(organizer, 'Ready');
    const search = page.getByLabel('Name, e-mail or ticket number');
    await search.fill('Bj');
    await page.getByText('1 found.').waitFor();
    await wedge(organizer, codes.ada);
    await hears(organizer, 'Already used');
    assert.equal(await search.inputValue(), 'Bj', 'the scanner leaves nothing in a field');
    await page.getByText('2 refusals').waitFor();
  });

  await scene('a made-up code is unknown', async () => {
    await wedge(organizer, qrPayload.generate());
    await hears(organizer, 'Unknown code');
    await organizer.page.getByText('3 refusals').waitFor();
    await checked(organizer, 'door unknown code');
  });

  await scene('an admission is taken back, and the code admits again', async () => {
    const { page, press } = organizer;
    await press(page.getByRole('button', { name: 'Undo Ada Novak' }));
    const dialog = page.getByRole('dialog', { name: 'Take back the admission of Ada Novak?' });
    await dialog.waitFor();
    await checked(organizer, 'undo dialog');
    await press(dialog.getByRole('button', { name: 'Take back' }));
    await counts(organizer, { admitted: 0, expected: 2 });
    await page.getByRole('listitem').filter({ hasText: 'Taken back Ada Novak' }).waitFor();
    await wedge(organizer, codes.ada);
    await hears(organizer, 'Admitted', 'Ada Novak');
    await counts(organizer, { admitted: 1, expected: 1 });
  });

  await scene('the list of attendees shows who is in, and so does its file', async () => {
    const { page, press } = organizer;
    await press(page.getByRole('link', { name: 'Leave the door' }));
    await press(page.getByRole('link', { name: `Attendees ${event.name}` }));
    await page.getByRole('row').filter({ hasText: 'Ada Novak' }).filter({ hasText: 'Checked in' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Björn' }).filter({ hasText: 'Not here yet' }).waitFor();
    await checked(organizer, 'attendees');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page.getByRole('button', { name: 'Download CSV' }))]);
    assert.equal(`/events/${download.suggestedFilename()}`, `${event.path}-attendees.csv`);
    const [head, ...rows] = cells(await readFile(await download.path(), 'utf8'));
    assert.deepEqual(head.slice(0, 2), ['Name', 'E-mail']);
    const known = rows.map(([name, email, , , , status]) => ({ name, email, status })).sort((a, b) => a.name.localeCompare(b.name));
    assert.deepEqual(known, [
      { name: 'Ada Novak', email: ada.email, status: 'Checked in' },
      { name: 'Björn Þórsson, “the 2nd”', email: 'bjorn@example.com', status: 'Not here yet' },
    ]);
  });

  await scene('with a token, staff without an account let the second one in', async () => {
    const { page, press } = organizer;
    await page.getByLabel('Label').fill('North gate');
    await press(page.getByRole('button', { name: 'Issue token' }));
    const link = await page.getByLabel('Link').inputValue();
    assert.equal(await read(page.getByRole('img', { name: 'QR symbol of the door link' })), link);
    await checked(organizer, 'door token');

    await staff.page.goto(link);
    await hears(staff, 'Ready');
    assert.doesNotMatch(staff.page.url(), /token/);
    await staff.press(staff.page.getByRole('button', { name: 'Gate and device' }));
    await staff.page.getByLabel('Gate', { exact: true }).fill('North');
    await staff.page.getByLabel('Device', { exact: true }).fill('Phone 7');
    await checked(staff, 'gate and device dialog');
    await staff.press(staff.page.getByRole('button', { name: 'Save' }));
    await wedge(staff, codes.bjorn);
    await hears(staff, 'Admitted', 'Björn Þórsson');
    await counts(staff, { admitted: 2, expected: 0 });
    await checked(staff, 'door of staff');

    await press(page.getByRole('link', { name: 'Open door' }));
    await typeCode(organizer, codes.bjorn);
    await hears(organizer, 'Already used', 'gate North, by Phone 7');
  });
}

/** Waits until the door counts so many. */
async function counts({ page }, { admitted, expected }) {
  await page.getByRole('region', { name: 'Figures' }).filter({ hasText: `Admitted${admitted}Expected${expected}Capacity40` }).waitFor();
}

/** The cells of a CSV in which each is quoted. */
function cells(csv) {
  return csv.replace('\uFEFF', '').trimEnd().split('\r\n').map((line) => line.slice(1, -1).split('","'));
}
