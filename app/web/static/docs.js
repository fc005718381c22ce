'use strict';

window.addEventListener('DOMContentLoaded', () => {
  window.SwaggerUIBundle({
    url: '/v1/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true,
    // An API key typed here is forgotten on reload: a shared screen should not keep it.
    persistAuthorization: false,
    // Never send the description to the public validator.
    validatorUrl: null,
  });
});
