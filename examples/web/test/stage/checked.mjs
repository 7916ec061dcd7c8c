// What every screen must be, in every state: without a fault that axe knows of, and no wider than the display.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const NARROW = 360;

/** Waits until the screen is quiet, keeps a picture of it under this name, and checks it. */
export async function checked(guest, name) {
  await quiet(guest.page);
  await picture(guest, name);
  assert.deepEqual(await faults(guest.page), [], `${name}: axe`);
  await assertFits(guest.page, name);
  if (guest.device.screen.isMobile) await assertFitsWhenNarrow(guest.page, name);
}

/** Nothing is on its way any more, and whatever moves to an end is there. */
async function quiet(page) {
  await page.waitForFunction(() => document.querySelector('.skeleton, [role=status] .spinner, [aria-busy=true]') === null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
    await Promise.all(document.getAnimations().filter(ends).map((animation) => animation.finished.catch(() => undefined)));
  });
}

const taken = {};

/** Pictures of one test file and device are numbered, so that they tell its story. */
async function picture({ page, device }, name) {
  const folder = process.env.EVENTOS_SCREENSHOTS;
  if (folder === undefined) return;
  const series = `${basename(process.argv[1], '.test.mjs')}-${device.name}`;
  taken[series] = (taken[series] ?? 0) + 1;
  const number = String(taken[series]).padStart(2, '0');
  await page.screenshot({ path: join(folder, `${series}-${number}-${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true, scale: 'css' });
}

let source;

/** What axe finds wrong, a line for each element. */
async function faults(page) {
  source ??= await readFile(AXE, 'utf8');
  await page.evaluate(source);
  const violations = await page.evaluate(async (values) => {
    const { violations } = await window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return violations;
  }, RULES);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target} (${failureSummary})`));
}

async function assertFitsWhenNarrow(page, name) {
  const usual = page.viewportSize();
  await page.setViewportSize({ ...usual, width: NARROW });
  await assertFits(page, name);
  await page.setViewportSize(usual);
}

async function assertFits(page, name) {
  const { width } = page.viewportSize();
  const wide = await page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const sticksOut = (element) => element.getBoundingClientRect().right > width;
    return [...document.querySelectorAll('body *')].filter(sticksOut).map((element) => element.outerHTML.slice(0, 120));
  }, width);
  assert.deepEqual(wide, [], `${name}: nothing sticks out at ${width} px`);
}
