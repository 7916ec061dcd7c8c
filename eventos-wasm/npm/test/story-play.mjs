// Plays a story against a real server: step by step, each held against its pattern. The same in Node and in a browser.

import { made } from './scenario-calls.mjs';
import { told } from './scenario-compare.mjs';

/** What went wrong, as lines; the clean-up is played in any case. */
export async function playStory(eventos, story, clientOf) {
  const values = new Map(story.fresh.map((name) => [name, crypto.randomUUID()]));
  const wrong = await playSteps(eventos, story.steps, values, clientOf);
  for (const step of story.cleanup) wrong.push(...(await playSteps(eventos, [step], values, clientOf)));
  return wrong;
}

async function playSteps(eventos, steps, values, clientOf) {
  for (const step of steps) {
    const wrong = await playStep(eventos, step, values, clientOf);
    if (wrong.length > 0) return wrong.map((line) => `${step.name}: ${line}`);
  }
  return [];
}

async function playStep(eventos, { as = 'visitor', call, input, result, error, save = {} }, values, clientOf) {
  let observed;
  try {
    observed = await made(eventos, () => clientOf(as), call, filled(input, values));
  } catch (thrown) {
    if (!eventos.isEventosError(thrown)) throw thrown;
    if (error === undefined) return [`expected a result, but got the error ${thrown.code}: ${thrown.message}`];
    return unmet(filled(error, values), told(thrown, error), '');
  }
  if (error !== undefined) return [`expected an error, but got ${JSON.stringify(observed)}`];
  const wrong = unmet(filled(result, values), observed, '');
  for (const [name, pointer] of Object.entries(save)) values.set(name, at(observed, pointer));
  return wrong;
}

function at(value, pointer) {
  return pointer.split('/').slice(1).reduce((found, name) => found[name.replaceAll('~1', '/').replaceAll('~0', '~')], value);
}

/** A value with `${name}` in its texts replaced: by the value itself where nothing else stands there. */
function filled(value, values) {
  if (typeof value === 'string') {
    const whole = /^\$\{(\w+)\}$/.exec(value);
    if (whole !== null && values.has(whole[1])) return values.get(whole[1]);
    return value.replaceAll(/\$\{(\w+)\}/g, (_, name) => {
      if (!values.has(name)) throw new Error(`nothing is known by the name ${name}`);
      return String(values.get(name));
    });
  }
  if (Array.isArray(value)) return value.map((element) => filled(element, values));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, filled(field, values)]));
}

const TYPES = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  slug: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  order_number: /^ORD-\d{8}-[0-9A-F]{8}$/,
  ticket_number: /^TKT-[0-9A-F]{8}-\d{6}$/,
  qr_payload: /^[A-Za-z0-9+/]{43}=$/,
};

/** Where a value does not meet a pattern, as lines. */
function unmet(pattern, value, place) {
  const differs = () => [`${place || 'it'} is ${JSON.stringify(value)}, not ${JSON.stringify(pattern)}`];
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value) || value.length !== pattern.length) return differs();
    return pattern.flatMap((element, index) => unmet(element, value[index], `${place}[${index}]`));
  }
  if (pattern === null || typeof pattern !== 'object') return pattern === value ? [] : differs();
  if ('$type' in pattern) return TYPES[pattern.$type].test(value) ? [] : differs();
  if ('$at_least' in pattern) return value >= pattern.$at_least ? [] : differs();
  if ('$starts_with' in pattern) return String(value).startsWith(pattern.$starts_with) ? [] : differs();
  if ('$contains' in pattern) {
    const isThere = (wanted) => Array.isArray(value) && value.some((element) => unmet(wanted, element, place).length === 0);
    return pattern.$contains.every(isThere) ? [] : differs();
  }
  if (value === null || typeof value !== 'object') return differs();
  return Object.entries(pattern).flatMap(([name, field]) => unmet(field, value[name], place === '' ? name : `${place}.${name}`));
}
