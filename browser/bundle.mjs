// Bundles the browser's part into the package, with the licences of all that is in it. Called by scripts/bundle.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const output = join(here, "..", "form4_author", "workbench", "static");

const digest = createHash("sha256");
for (const name of ["bundle.mjs", "package-lock.json", ...readdirSync(join(here, "src")).sort().map((one) => `src/${one}`)]) {
  digest.update(`${name}\n`).update(readFileSync(join(here, name)));
}
const banner = `/* Made by scripts/bundle from browser/ (sha256 ${digest.digest("hex")}). Licences: LICENSES.txt */`;

const made = await build({
  entryPoints: { workbench: join(here, "src", "main.js"), chart: join(here, "src", "chart.js"), line: join(here, "src", "line.js") },
  external: ["/static/*"],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome116", "firefox115", "safari16.4"],
  legalComments: "none",
  banner: { js: banner },
  outdir: output,
  metafile: true,
  charset: "utf8",
});

const packages = new Map();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) packages.set(found[1], join(here, "node_modules", found[1]));
}
const texts = [...packages].sort().map(([name, folder]) => {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").replace(/[ \t]+$/gm, "").trim()}\n`;
});
const head = "What workbench.js and chart.js are bundled of, beside the workbench's own modules, with the licence of each.\n";
writeFileSync(join(output, "LICENSES.txt"), [head, ...texts].join(`\n${"-".repeat(80)}\n\n`));
