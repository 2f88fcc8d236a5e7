// Swagger UI from this server alone; the plain list of paths stays where it cannot start.
const place = document.querySelector("[data-docs]");
const script = document.createElement("script");
script.src = new URL("swagger-ui.js", import.meta.url).pathname;
script.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/openapi.json",
    domNode: place,
    deepLinking: true,
    validatorUrl: null, // would ask another host
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    onComplete: () => {
      document.querySelector("[data-plain]").hidden = true;
    },
  });
});
document.head.append(script);
