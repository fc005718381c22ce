'use strict';

// A mailed link carries its token behind the #, which no browser sends to a server: it is in no log and no Referer.
// Nothing happens before a click: programs that open links in mails, to check them, must not use them up.
window.addEventListener('DOMContentLoaded', () => {
  const token = location.hash.slice(1);
  // Not left in the address bar and the history.
  history.replaceState(null, '', location.pathname);
  const form = document.querySelector(token ? 'form.linked' : 'form.unlinked');
  const outcome = document.querySelector('#outcome');
  if (!form) {
    outcome.textContent = 'Open this page by the link in the mail.';
    return;
  }
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    const input = Object.fromEntries(new FormData(form));
    if (token) {
      input.token = token;
    }
    const problem = await send(form.dataset.operation, input);
    outcome.textContent = problem ?? form.dataset.done;
    button.disabled = false;
    form.hidden = problem === null;
  });
});

/** What stands against it, in words; null where it was done. */
async function send(operationName, input) {
  try {
    const query = await (await fetch('/assets/launchkit/account.graphql')).text();
    const answer = await fetch('/graphql', {
      method: 'POST',
      // Whoever is signed in here has nothing to do with whom the mail was for.
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ query, operationName, variables: { input } }),
    });
    const { data, errors } = await answer.json();
    return errors?.[0].message ?? data.outcome.message ?? null;
  } catch {
    return 'The server cannot be reached. Try again.';
  }
}
