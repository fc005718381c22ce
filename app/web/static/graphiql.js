'use strict';

/**
 * GraphiQL for /graphql: queries and mutations over HTTP, subscriptions over
 * the graphql-transport-ws protocol. What the header editor says about
 * authorisation goes with both: as a header, and as the payload of
 * connection_init, because a browser cannot set headers on a WebSocket.
 * Without it the cookies of a session count, where the browser has them: then
 * the session's CSRF token has to go along.
 */
(() => {
  const ENDPOINT = '/graphql';
  const SOCKET = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}${ENDPOINT}`;
  const HEADERS = '{\n  "Authorization": "Bearer "\n}\n';

  // The close codes of graphql-transport-ws that a person can do something about.
  const CLOSED = {
    4400: 'The server could not read the message.',
    4401: 'Not signed in, or the session has expired. Put an API key or an access token into the Authorization header.',
    4403: 'The credentials in the Authorization header were refused.',
    4406: 'The server does not speak graphql-transport-ws.',
    4408: 'The server waited too long for the connection to be initialised.',
    4429: 'Too many connections or requests.',
  };

  /** Leave out the template "Bearer " so that an untouched editor means an anonymous request. */
  function filledIn(headers) {
    const isEmpty = (value) => /^(bearer)?\s*$/i.test(String(value ?? ''));
    return Object.fromEntries(Object.entries(headers ?? {}).filter(([, value]) => !isEmpty(value)));
  }

  function authorization(headers) {
    const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
    return found ? { Authorization: found[1] } : {};
  }

  function isSubscription(documentAST, operationName) {
    const operations = (documentAST?.definitions ?? []).filter((node) => node.kind === 'OperationDefinition');
    const chosen = operations.find((node) => node.name?.value === operationName) ?? operations[0];
    return chosen?.operation === 'subscription';
  }

  /** Not an Error: GraphiQL would print our stack below the sentence. */
  function problem(message) {
    return { message };
  }

  let csrf = {};

  /** Of the session that the browser's cookies name now; reading it needs no token. */
  async function csrfOfSession() {
    const response = await window.fetch(`${ENDPOINT}?query=${encodeURIComponent('{ csrfToken }')}`, {
      headers: { Accept: 'application/json' },
    });
    const token = (await response.json()).data?.csrfToken;
    return token ? { 'X-CSRF-Token': token } : {};
  }

  function post(params, headers) {
    return window.fetch(ENDPOINT, {
      method: 'POST',
      headers: {
        Accept: 'application/graphql-response+json, application/json',
        'Content-Type': 'application/json',
        ...csrf,
        ...headers,
      },
      body: JSON.stringify(params),
    });
  }

  async function overHttp(params, headers) {
    let response = await post(params, headers);
    if (response.status === 403) {
      // Signed in since, here or in another tab. Nothing was executed.
      csrf = await csrfOfSession();
      response = await post(params, headers);
    }
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw problem(`The server answered ${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
    }
  }

  function explain(cause) {
    if (typeof cause?.code === 'number') {
      const reason = CLOSED[cause.code] ?? cause.reason ?? '';
      return problem(`The connection was closed with code ${cause.code}. ${reason}`.trim());
    }
    if (cause instanceof window.Event) {
      return problem('The WebSocket could not be opened. Is the server running?');
    }
    return cause;
  }

  /** One connection per subscription: the next one may carry another Authorization header. */
  async function* overSocket(params, headers) {
    const client = window.graphqlWs.createClient({
      url: SOCKET,
      connectionParams: authorization(headers),
      // Show the interruption and its reason; silent retries would hide a refused key.
      retryAttempts: 0,
    });
    try {
      yield* client.iterate(params);
    } catch (cause) {
      throw explain(cause);
    } finally {
      await client.dispose();
    }
  }

  function fetcher(params, options) {
    const headers = filledIn(options?.headers);
    return isSubscription(options?.documentAST, params.operationName)
      ? overSocket(params, headers)
      : overHttp(params, headers);
  }

  async function welcome(place) {
    try {
      const response = await window.fetch(place.dataset.welcome);
      return response.ok ? await response.text() : undefined;
    } catch {
      return undefined;
    }
  }

  window.addEventListener('DOMContentLoaded', async () => {
    const place = document.getElementById('graphiql');
    const props = {
      fetcher,
      defaultQuery: await welcome(place),
      defaultHeaders: HEADERS,
      defaultEditorToolsVisibility: 'headers',
      // Off unless the person asks for it in the settings: headers hold keys.
      shouldPersistHeaders: false,
      showPersistHeadersSettings: true,
    };
    place.replaceChildren();
    window.ReactDOM.createRoot(place).render(window.React.createElement(window.GraphiQL, props));
  });
})();
