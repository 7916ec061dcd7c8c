// Medians of rounds that take turns, so that all sides meet the same machine.

const ROUNDS = 41;
const ROUND_MS = 25;

/** Prints, for each side by its name, how many nanoseconds one call takes. */
export function compare(row, sides) {
  const names = Object.keys(sides);
  const rounds = new Map(names.map((name) => [name, []]));
  const calls = new Map(names.map((name) => [name, calibrated(sides[name])]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) rounds.get(name).push(timed(sides[name], calls.get(name)));
  }
  for (const name of names) print(row, name, median(rounds.get(name)));
}

/** Prints a figure that was found otherwise. */
export function print(row, name, value) {
  console.log(JSON.stringify({ row, function: name, value }));
}

export function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** How many calls fill a round. */
function calibrated(call) {
  for (let calls = 1; ; calls *= 2) {
    if (timed(call, calls) * calls > ROUND_MS * 1e6) return calls;
  }
}

function timed(call, calls) {
  const started = process.hrtime.bigint();
  for (let index = 0; index < calls; index += 1) call(index);
  return Number(process.hrtime.bigint() - started) / calls;
}
