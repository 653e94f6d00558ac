import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
/** What the commonest commands load, by the name of the file that it goes into. */
const hot = JSON.parse(readFileSync(join(root, "scripts/hot-modules.json"), "utf8"));

export const hotNames = Object.keys(hot);

/** import() says when a module is needed; which file it lies in is the groups' business. */
export const checks = { ineffectiveDynamicImport: false };

/** rolldown's groups of modules that lie in one file each; `entry` lies in the first, and so does what every file needs of the bundler. */
export function chunkGroups(entry) {
  return Object.entries(hot).map(([name, modules], i) => {
    const names = new Set(i === 0 ? [...modules, entry] : modules);
    return { name, test: (id) => names.has(relative(root, id)) || (i === 0 && id.startsWith("\0")), priority: 10 - i };
  });
}
