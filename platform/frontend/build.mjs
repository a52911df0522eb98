/**
 * Bundles the surfaces: platform/frontend/<surface>/ → platform/static/dist/<name>-<hash>.{js,css} and manifest.json.
 *
 *     node platform/frontend/build.mjs           the bundles
 *     node platform/frontend/build.mjs --words   plain modules under build/words/, for `pybabel extract -k t -k tn:1,2`
 *     node platform/frontend/build.mjs --tests   the tests under build/frontend-tests/, for `node --test`
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const SOURCE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(SOURCE, "..", "..");
const DIST = join(SOURCE, "..", "static", "dist");
const SURFACES = ["phone", "studio", "screen", "pages"];

const SHARED_OPTIONS = {
  absWorkingDir: ROOT,
  tsconfig: join(SOURCE, "tsconfig.json"),
  format: "esm",
  // A five-year-old phone that has been kept up to date, and an older iPhone that cannot be.
  target: ["es2021", "chrome100", "firefox102", "safari15.4"],
  charset: "utf8",
  logLevel: "warning",
};

function sources(suffix) {
  return readdirSync(SOURCE, { recursive: true })
    .filter((name) => suffix.test(name))
    .map((name) => join(SOURCE, name))
    .sort();
}

/** The script and the style sheet of every surface that has them. */
function entryPoints() {
  return SURFACES.flatMap((out) => [`${out}/main.tsx`, `${out}/main.ts`, `${out}/${out}.css`].map((name) => ({ out, name })))
    .map(({ out, name }) => ({ out, in: join(SOURCE, name) }))
    .filter((entry) => existsSync(entry.in));
}

async function bundle() {
  const result = await build({
    ...SHARED_OPTIONS,
    entryPoints: entryPoints(),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    legalComments: "none",
    outdir: DIST,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const files = new Map(result.outputFiles.map((file) => [basename(file.path), file.contents]));
  for (const [name, contents] of [...files]) for (const [suffix, squeezed] of squeeze(name, contents)) files.set(name + suffix, squeezed);
  files.set("licences.txt", licences(result.metafile));
  files.set("manifest.json", JSON.stringify(manifest([...files.keys()]), null, 1) + "\n");
  write(files);
}

/** Compressed twins, which the server hands to browsers that take them: squeezed once here instead of at each request. */
function squeeze(name, contents) {
  if (!/\.(js|css|svg)$/.test(name)) return [];
  return [
    [".gz", gzipSync(contents, { level: 9 })],
    [".br", brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: contents.length } })],
  ];
}

/** "phone.js" → "phone-ABCD1234.js"; fonts and images likewise, so that a page can preload them. */
function manifest(names) {
  const hashed = /^(.+)-[A-Z0-9]{8}(\.\w+)$/;
  return Object.fromEntries(
    names.flatMap((name) => {
      const parts = hashed.exec(name);
      return parts ? [[parts[1] + parts[2], name]] : [];
    }),
  );
}

/** Licences ask to go with every copy; the bundles hold copies of these packages. */
function licences(metafile) {
  const inside = /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//;
  const used = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const packages = new Set(used.flatMap((input) => inside.exec(input)?.[1] ?? []));
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
      const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(join(ROOT, folder, file), "utf8").trim() : "";
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}

// How long the files of an earlier build stay, for pages and servers that still name them.
const KEEP = 60 * 60 * 1000;

/** New files first, the manifest after them, long outdated files away last: no manifest ever names a missing file. */
function write(files) {
  mkdirSync(DIST, { recursive: true });
  for (const [name, contents] of files) {
    const temporary = join(DIST, `.${process.pid}.${name}`);
    writeFileSync(temporary, contents);
    renameSync(temporary, join(DIST, name));
  }
  for (const name of readdirSync(DIST).filter((entry) => !files.has(entry))) {
    const age = Date.now() - (statSync(join(DIST, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > KEEP) rmSync(join(DIST, name), { recursive: true, force: true });
  }
}

async function words() {
  const outdir = join(ROOT, "build", "words");
  rmSync(outdir, { recursive: true, force: true });
  const modules = sources(/\.tsx?$/).filter((name) => !/\.test\.ts$|\.d\.ts$/.test(name));
  await build({ ...SHARED_OPTIONS, entryPoints: modules, outbase: SOURCE, outdir, bundle: false, target: "es2020" });
}

async function tests() {
  const outdir = join(ROOT, "build", "frontend-tests");
  rmSync(outdir, { recursive: true, force: true });
  await build({
    ...SHARED_OPTIONS,
    entryPoints: sources(/\.test\.tsx?$/),
    outbase: SOURCE,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20",
  });
  console.log(relative(process.cwd(), outdir) || ".");
}

const task = { "--words": words, "--tests": tests }[process.argv[2]] ?? bundle;
await task();
