// Shows the API that the page names. A file of its own, because the policy of the page runs no script within it.
const place = document.getElementById("swagger");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.url,
  deepLinking: true,
  // Nothing is sent to a stranger's validator.
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
