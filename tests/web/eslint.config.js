import js from "@eslint/js";

const browser = Object.fromEntries(
  [
    "Blob", "CSS", "DecompressionStream", "Response", "TextDecoder", "TextEncoder", "URL", "Worker", "addEventListener", "atob", "btoa", "caches", "document", "fetch", "history",
    "localStorage", "location", "navigator", "postMessage", "print", "self", "setTimeout",
  ].map((name) => [name, "readonly"]),
);

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...browser, onmessage: "writable" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", curly: ["error", "multi-line"], "no-implicit-globals": "error", "no-eval": "error" },
  },
];
