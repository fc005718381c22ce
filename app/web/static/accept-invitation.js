'use strict';

// A mailed link carries its token behind the #, which no browser sends to a server: it is in no log and no Referer.
window.addEventListener('DOMContentLoaded', () => {
  const token = location.hash.slice(1);
  // Not left in the address bar and the history.
  history.replaceState(null, '', location.pathname);
  const outcome = document.querySelector('#outcome');
  const form = document.querySelector('form');
  if (!token) {
    outcome.textContent = 'Open this page by the link in the mail.';
    return;
  }
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    outcome.textContent = '';
    try {
      await accept(Object.fromEntries(new FormData(form)), token);
      outcome.textContent = 'You have joined.';
      form.hidden = true;
    } catch (problem) {
      outcome.textContent = problem.message;
    }
    button.disabled = false;
  });
});

/** Throws an Error that says in words what stands against it. */
async function accept(credentials, token) {
  const query = await (await fetch('/assets/launchkit/accept-invitation.graphql')).text();
  const signedIn = await send(query, 'SignInToAccept', credentials);
  await send(query, 'AcceptInvitation', { token }, `Bearer ${signedIn.accessToken}`);
}

async function send(query, operationName, input, authorization) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  if (authorization) {
    headers.Authorization = authorization;
  }
  const answer = await fetch('/graphql', {
    method: 'POST',
    // Whoever is signed in here need not be whom the mail was for.
    credentials: 'omit',
    headers,
    body: JSON.stringify({ query, operationName, variables: { input } }),
  });
  const { data, errors } = await answer.json();
  const message = errors?.[0].message ?? data.outcome.message;
  if (message) {
    throw new Error(message);
  }
  return data.outcome;
}
