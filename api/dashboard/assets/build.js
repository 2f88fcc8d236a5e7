// Bundles the pages' scripts into ../static, which is not committed.
import { copyFile, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const out = new URL("../static/", import.meta.url).pathname;
const pages = ["frame", "lineage", "console", "docs"];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: pages.map((page) => `src/${page}.js`),
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  legalComments: "linked",
  outdir: out,
  logLevel: "info",
});
// Swagger UI comes bundled already.
const swagger = new URL("node_modules/swagger-ui-dist/", import.meta.url).pathname;
await copyFile(`${swagger}swagger-ui-bundle.js`, `${out}swagger-ui.js`);
await copyFile(`${swagger}swagger-ui.css`, `${out}docs.css`);
