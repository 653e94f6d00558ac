import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

// Holds the import table of docs/architecture.md: one direction only.

/** What each folder of src/ may import beside itself. */
const MAY_IMPORT: Record<string, string[]> = {
  platform: [],
  api: [],
  store: ["api", "platform"],
  images: ["api"],
  network: ["api", "images"],
  programs: ["network", "images", "api", "platform"],
  apiserver: ["api", "store", "network/allocators", "platform"],
  controllers: ["api", "images"],
  printers: ["api"],
  kustomize: ["api", "platform"],
  admin: ["api", "store", "network", "images", "platform"],
  cli: ["api", "printers", "programs", "kustomize", "apiserver/client", "admin", "platform"],
};

/** Modules that do input and output; the rest of node: (url, util, path …) is pure. */
const IO = [
  "fs",
  "net",
  "os",
  "child_process",
  "tty",
  "http",
  "https",
  "dgram",
  "dns",
  "process",
  "readline",
  "crypto",
  "fs/promises",
];

const src = resolve(import.meta.dirname, "../src");

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.m?ts$/.test(entry.name)) yield path;
  }
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
}

function violations(): string[] {
  const found: string[] = [];
  for (const path of sources(src)) {
    const name = relative(src, path);
    const layer = name.includes("/") ? name.slice(0, name.indexOf("/")) : "";
    // The composition root may import everything.
    if (layer === "") continue;
    const allowed = MAY_IMPORT[layer];
    if (!allowed) {
      found.push(`${name}: src/${layer} is not in the table`);
      continue;
    }
    for (const target of importsOf(path)) {
      if (target.startsWith("node:")) {
        if (layer !== "platform" && IO.includes(target.slice(5))) found.push(`${name} imports ${target}`);
        continue;
      }
      if (!target.startsWith(".")) continue;
      const to = relative(src, resolve(dirname(path), target));
      if (to.startsWith(`${layer}/`) || allowed.some((folder) => to === `${folder}.ts` || to.startsWith(`${folder}/`)))
        continue;
      found.push(`${name} imports ${to}`);
    }
  }
  return found;
}

test("the folders of src/ import only what docs/architecture.md allows", () => {
  expect(violations()).toEqual([]);
});

test("the table in docs/architecture.md is this one", () => {
  const text = readFileSync(resolve(src, "../docs/architecture.md"), "utf8");
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    const row = text.split("\n").find((line) => line.startsWith(`| \`src/${folder}/\``));
    expect(row, folder).toBeDefined();
    const listed = row!.split("|").at(-2)!.trim();
    expect(listed, folder).toBe(allowed.length ? allowed.join(", ") : "nothing");
  }
});

test("scripts/hot-modules.json names modules that are there", () => {
  const groups: Record<string, string[]> = JSON.parse(
    readFileSync(resolve(src, "../scripts/hot-modules.json"), "utf8"),
  );
  const gone = Object.values(groups)
    .flat()
    .filter((module) => !existsSync(resolve(src, "..", module)));
  expect(gone, "node scripts/hot-modules.mjs makes the list anew").toEqual([]);
});
