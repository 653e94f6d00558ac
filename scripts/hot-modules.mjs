// Which modules the commonest commands load: `scripts/hot-modules.json`, from which the build makes one file each instead of dozens.
// Run it after a change of what is loaded when; a list that is out of date costs time, nothing else.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { rolldown } from "rolldown";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "kubemu-hot-"));
try {
  const bundle = await rolldown({ input: { main: join(root, "src/main.ts") }, platform: "node" });
  const { output } = await bundle.write({ dir: folder, format: "cjs", chunkFileNames: "[name]-[hash].js" });
  const modulesOf = new Map(
    output.filter((it) => it.type === "chunk").map((it) => [it.fileName, Object.keys(it.modules)]),
  );
  const state = join(folder, "state.json");
  const trace = join(folder, "trace.cjs");
  writeFileSync(
    trace,
    `require(${JSON.stringify(join(folder, "main.js"))}).main(process.argv.slice(2));
     process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(join(folder, "loaded"))}, Object.keys(require.cache).join("\\n")));`,
  );
  const loadedBy = (line, file = state) => {
    const ran = spawnSync(process.execPath, [trace, ...line.split(" ")], {
      env: { ...process.env, KUBERC: "off", KUBEMU_STATE: file },
    });
    if (ran.status !== 0) throw new Error(`${line}: ${ran.stderr}`);
    const files = readFileSync(join(folder, "loaded"), "utf8")
      .split("\n")
      .map((file) => relative(folder, file));
    return (
      files
        .flatMap((file) => modulesOf.get(file) ?? [])
        .map((module) => relative(root, module))
        // What a profile's clusters begin with is a file of its own: nothing else wants it.
        .filter((it) => it.startsWith("src/") && !it.includes("/first-clusters/"))
    );
  };
  const manifest = join(folder, "service.yaml");
  writeFileSync(manifest, "{apiVersion: v1, kind: Service, metadata: {name: m}, spec: {ports: [{port: 80}]}}");
  loadedBy("create deployment web --image=nginx");
  loadedBy("wait --for=condition=Available deployment/web");
  loadedBy("create service nodeport curled --tcp=80 --node-port=30080");
  loadedBy("set selector service curled app=web");
  /** What each group's commands load and those of the groups before do not. */
  const GROUPS = {
    read: ["get services", "get pods", "get deployments"],
    print: ["get service kubernetes -o name", "get service kubernetes -o json", "get service kubernetes -o yaml"],
    write: ["expose deployment web --port=80", "create service nodeport np --tcp=80"],
    namespace: ["create namespace n"],
    change: [
      "delete service np",
      `apply -f ${manifest}`,
      "label service m a=b",
      "patch service m -p {}",
      `delete -f ${manifest}`,
    ],
    new: ["get services"],
    jsonpath: ["get service kubernetes -o jsonpath={.spec.clusterIP}"],
    // What the network and pods need alike, found below.
    images: [],
    network: ["curl -s localhost:30080"],
    workloads: ["create deployment other --image=nginx", "scale deployment other --replicas=3", "run p --image=nginx"],
  };
  const notThereYet = join(folder, "new.json");
  const loaded = new Map(
    Object.entries(GROUPS).map(([name, lines]) => [
      name,
      new Set(lines.flatMap((line) => loadedBy(line, name === "new" ? notThereYet : state))),
    ]),
  );
  // What prints and what writes need alike is little: not worth a file of its own.
  for (const module of loaded.get("print")) if (loaded.get("write").has(module)) loaded.get("read").add(module);
  for (const module of loaded.get("change")) if (loaded.get("workloads").has(module)) loaded.get("write").add(module);
  for (const module of loaded.get("network")) if (loaded.get("workloads").has(module)) loaded.get("images").add(module);
  const known = new Set();
  const groups = {};
  for (const [name, all] of loaded) {
    const modules = [...all].filter((it) => !known.has(it));
    groups[name] = modules.sort();
    for (const module of modules) known.add(module);
  }
  writeFileSync(join(root, "scripts/hot-modules.json"), `${JSON.stringify(groups, null, 2)}\n`);
  console.log(
    Object.entries(groups)
      .map(([name, modules]) => `${name}: ${modules.length} modules`)
      .join(", "),
  );
} finally {
  rmSync(folder, { recursive: true });
}
