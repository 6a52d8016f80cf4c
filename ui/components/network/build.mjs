/**
 * Builds dist/network.js and THIRD_PARTY_NOTICES.txt.
 * `--check` builds in memory and fails when the committed files differ.
 */
import { readFileSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const PERMISSIVE = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);
const LIMIT = 300_000;
const shared = { bundle: true, minify: true, write: false, target: "es2021", charset: "utf8", legalComments: "none", absWorkingDir: here };

/** `worker:./file.js` gives the bundled worker as text, so that it needs no address of its own. */
const workers = (inputs) => ({
  name: "workers",
  setup(builder) {
    builder.onResolve({ filter: /^worker:/ }, (found) => ({ path: join(found.resolveDir, found.path.slice(7)), namespace: "worker" }));
    builder.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const result = await build({ ...shared, entryPoints: [path], format: "iife", metafile: true });
      Object.assign(inputs, result.metafile.inputs);
      return { contents: result.outputFiles[0].text, loader: "text" };
    });
  },
});

async function bundle() {
  const inputs = {};
  const result = await build({
    ...shared,
    entryPoints: ["src/index.js"],
    format: "esm",
    metafile: true,
    loader: { ".css": "text" },
    plugins: [workers(inputs)],
  });
  Object.assign(inputs, result.metafile.inputs);
  return { code: result.outputFiles[0].text, inputs };
}

/** Licence texts of every package of which code is in the bundle. */
function notices(inputs) {
  const names = new Set();
  for (const path of Object.keys(inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match) names.add(match[1]);
  }
  const parts = [...names].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const meta = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (!PERMISSIVE.has(meta.license)) throw new Error(`${name}: licence ${meta.license} is not permissive`);
    const file = ["LICENSE", "LICENSE.txt", "LICENSE.md", "License.txt"].map((each) => join(folder, each)).find(existsSync);
    const text = file ? readFileSync(file, "utf8").trim() : mit(meta);
    return `${name} ${meta.version} (${meta.license})\n${"-".repeat(60)}\n${text}\n`;
  });
  return `dist/network.js contains code of the packages below.\n\n${parts.join("\n\n")}`;
}

/** Some packages name MIT in package.json and ship no licence file. */
function mit(meta) {
  if (meta.license !== "MIT") throw new Error(`${meta.name}: no licence file`);
  const author = typeof meta.author === "string" ? meta.author : (meta.author?.name ?? `the authors of ${meta.name}`);
  return readFileSync(join(here, "mit_licence.txt"), "utf8").replace("{author}", author).trim();
}

const { code, inputs } = await bundle();
if (code.length > LIMIT) throw new Error(`the bundle is ${code.length} bytes, more than ${LIMIT}`);
const outputs = { "dist/network.js": code, "THIRD_PARTY_NOTICES.txt": notices(inputs) };
let drift = 0;
for (const [name, text] of Object.entries(outputs)) {
  const path = join(here, name);
  if (process.argv.includes("--check")) {
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
      console.error(`${name} does not follow from its sources: run npm run build`);
      drift = 1;
    }
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`${name} ${Buffer.byteLength(text)} bytes`);
  }
}
process.exit(drift);
