import js from "@eslint/js";

const browser = Object.fromEntries(
  [
    "Blob", "CSS", "DataTransfer", "DecompressionStream", "Event", "File", "Request", "Response", "TextDecoder", "TextEncoder", "TransformStream", "URL", "URLSearchParams", "Worker", "addEventListener", "atob", "btoa", "caches", "confirm", "document", "fetch", "history",
    "localStorage", "location", "navigator", "postMessage", "print", "self", "sessionStorage", "setTimeout",
  ].map((name) => [name, "readonly"]),
);

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...browser, onmessage: "writable" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", curly: ["error", "multi-line"], "no-implicit-globals": "error", "no-eval": "error" },
  },
  // Office's script is called in one place.
  { files: ["office_host.js"], languageOptions: { globals: { Office: "readonly", Excel: "readonly" } } },
  // Read by browsers that know nothing newer.
  { files: ["pane_old.js"], languageOptions: { ecmaVersion: 5, sourceType: "script" }, rules: { "no-var": "off" } },
];
