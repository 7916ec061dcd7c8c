/** What the browser keeps for this site; undefined where it was told to keep nothing, and everything is forgotten with the page. */
export const siteStorage = allowed(() => window.localStorage);

/** What the browser keeps for this tab: what was typed and is not sent yet. */
export const tabStorage = allowed(() => window.sessionStorage);

function allowed(storage: () => Storage): Storage | undefined {
  try {
    return storage();
  } catch {
    return undefined;
  }
}
