// A story that is told in scenes, each of which goes on where the last one ended.

/** Plays scenes as parts of a test. After one that failed the others are skipped: they would fail for its reason. */
export function scenes(t) {
  let isBroken = false;
  return (name, play) =>
    t.test(name, { skip: isBroken && 'an earlier scene failed' }, async () => {
      isBroken = true;
      await play();
      isBroken = false;
    });
}
