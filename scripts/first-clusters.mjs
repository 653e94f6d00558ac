// What new clusters begin with: src/apiserver/first-clusters, one file a profile. Run it after a change of what a cluster has before its
// first user, or of what the controllers make of that; a test holds the files.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "kubemu-first-"));
try {
  const bundle = await rolldown({ input: join(root, "scripts/first-clusters/make.ts"), platform: "node" });
  const { output } = await bundle.write({
    dir: folder,
    entryFileNames: "make.mjs",
    chunkFileNames: "[name]-[hash].mjs",
  });
  const { makeFirstCluster, fileOf, PROFILE_NAMES } = await import(
    pathToFileURL(join(folder, output[0].fileName)).href
  );
  for (const profile of PROFILE_NAMES) {
    const text = fileOf(await makeFirstCluster(profile));
    writeFileSync(join(root, `src/apiserver/first-clusters/${profile}.json`), text);
    console.log(`${profile}: ${text.length} characters`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
