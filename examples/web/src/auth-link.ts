/** What the auth server writes behind the `#` of an address to which its e-mails lead. */
const ANSWERS = ['access_token', 'refresh_token', 'error_description'];

/**
 * Takes the answer of a link from an e-mail out of the address, where its tokens would stay in the history. Gives what went wrong,
 * if something did.
 */
export function takeLinkAnswer(): string | undefined {
  const answer = new URLSearchParams(window.location.hash.slice(1));
  if (!ANSWERS.some((name) => answer.has(name))) return undefined;
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return answer.get('error_description') ?? undefined;
}
