import { instanceOf, restartsOf, runtimeOf } from "./api/kinds/pod/runtime.ts";
import { containerStatusesOf, containersOf } from "./api/kinds/pod/state.ts";
import { type PodRuntime, RECORDS } from "./api/records.ts";
import type { Snapshot } from "./api/snapshot.ts";
import { ApiError } from "./api/status.ts";
import type { Container, Pod } from "./api/types/core.ts";
import type { Write } from "./api/writes.ts";
import type { Controller } from "./controllers/controller.ts";
import { keyOf, splitKey } from "./controllers/keys.ts";

/** So many turns of a script's loop are alike before those that nothing has changed for are passed over. */
const ALIKE = 2;

/** A loop that has turned so often and not ended is taken to go on for ever, though its turns differ: after a gap the last few are lived through. */
const MANY_TURNS = 500;
const LAST_TURNS = 50;

/** A container that starts the same program for this many times gets the same end without running it again. */
const MOST_RUNS = 5;

/**
 * Runs the programs that are main processes of containers (`kubectl run x --image=curlimages/curl -- curl web`) when they start, and
 * records what they print and how they end. It stands here because it joins the controllers' clock with the programs' layer.
 */
export const containerPrograms: Controller = {
  name: "container-programs",
  manager: "kubelet",
  affected(change) {
    const pod = change.after as Pod | undefined;
    const running = containerStatusesOf(pod?.status).filter((status) => status.state?.running);
    if (!pod || running.length === 0) return [];
    return [
      keyOf(pod),
      ...running.filter(({ name }) => hasScript(pod, name)).map(({ name }) => `${keyOf(pod)} ${name}`),
    ];
  },
  async reconcile(key, snapshot) {
    const [path = "", script] = key.split(" ");
    const { namespace, name } = splitKey(path);
    const pod = snapshot.get<Pod>("pods", namespace, name);
    if (!pod) return { writes: [] };
    if (script !== undefined) {
      const container = containersOf(pod).find((it) => it.name === script);
      const { continueScript, runsScript } = await import("./container-scripts.ts");
      return container && runsScript(snapshot, pod, container)
        ? await continueScript(snapshot, pod, container)
        : { writes: [] };
    }
    const { pendingPrograms } = await import("./programs/main-process.ts");
    const writes: Write[] = [];
    for (const container of containersOf(pod).filter((it) => it.lifecycle?.postStart?.exec)) {
      const running = containerStatusesOf(pod.status).some((it) => it.name === container.name && it.state?.running);
      if (!running || instanceOf(snapshot, pod, container.name)?.postStarted) continue;
      const { runPostStart } = await import("./container-scripts.ts");
      // What one of them has written the next one finds: the others come with the change of the record.
      return { writes: await runPostStart(snapshot, pod, container), wakeAt: snapshot.now };
    }
    for (const container of containersOf(pod))
      for (const { resource, object } of await askForNames(snapshot, pod, container))
        writes.push({ verb: "record", resource, object });
    if (writes.length > 0) return { writes, wakeAt: snapshot.now };
    for (const container of pendingPrograms(snapshot, pod, "atStart"))
      for (const { resource, object } of await run(snapshot, pod, container))
        writes.push({ verb: "record", resource, object });
    return { writes };
  },
  catchUp(key, snapshot, due, now) {
    const [path = "", script = ""] = key.split(" ");
    const { namespace, name } = splitKey(path);
    const state = snapshot.get<PodRuntime>(RECORDS.runtime, namespace, name)?.containers[script]?.script;
    const loop = state?.loops?.at(-1);
    if (!state || !loop || loop.period <= 0 || state.at !== due) return due;
    const turns = Math.floor((now - due) / loop.period);
    if (loop.alike >= ALIKE && state.version === snapshot.version) return due + turns * loop.period;
    return loop.turns < MANY_TURNS ? due : due + Math.max(0, turns - LAST_TURNS) * loop.period;
  },
};

/** Whether the main process may be a script; what it does is looked at by `container-scripts.ts`. */
function hasScript(pod: Pod, name: string): boolean {
  const container = containersOf(pod).find((it) => it.name === name);
  return [...(container?.command ?? []), ...(container?.args ?? [])].some((word) => /^-[a-z]*c$/.test(word));
}

/** A server that asks for names when it starts learns their addresses, or ends. */
async function askForNames(snapshot: Snapshot, pod: Pod, container: Container) {
  const { addressOf, withAddress } = await import("./images/image.ts");
  const { processOf } = await import("./images/catalogue.ts");
  const running = containerStatusesOf(pod.status).some((it) => it.name === container.name && it.state?.running);
  const names = running ? (processOf(snapshot, pod, container).resolves ?? []) : [];
  if (names.length === 0) return [];
  const { podView } = await import("./network/http/serve.ts");
  const view = podView(snapshot, pod, container);
  const restart = restartsOf(pod, container.name);
  if (instanceOf(snapshot, pod, container.name, restart)?.exit) return [];
  if (names.every(({ host }) => addressOf(view.memory, host) !== undefined)) return [];
  const { RunNetwork } = await import("./programs/network-port.ts");
  const { clusterNames } = await import("./programs/resolver.ts");
  const { LogCollector } = await import("./programs/main-process.ts");
  const { recordEffects } = await import("./network/record-effects.ts");
  const { namespace = "", name = "", uid = "" } = pod.metadata;
  const network = new RunNetwork(snapshot, { kind: "pod", namespace, name, container: container.name }, clusterNames);
  let { memory } = view;
  for (const { host, failure } of names) {
    const [address] = network.resolve(host).addresses;
    if (address === undefined) {
      const log = new LogCollector(pod, container.name, snapshot.now);
      for (const { stream, text } of failure(view)) log.add(stream, `${text}\n`);
      return recordEffects(snapshot, [...network.effects, ...log.effects(), log.exit(1)]);
    }
    memory = withAddress(memory, host, address);
  }
  const about = { namespace, pod: name, podUid: uid, container: container.name, restart };
  return recordEffects(snapshot, [...network.effects, { kind: "memory", ...about, memory }]);
}

async function run(snapshot: Snapshot, pod: Pod, container: Container) {
  const { RunNetwork } = await import("./programs/network-port.ts");
  const { clusterNames } = await import("./programs/resolver.ts");
  const { containerPlace } = await import("./programs/place.ts");
  const { findProgram } = await import("./programs/catalogue.ts");
  const { LogCollector, mainCommand } = await import("./programs/main-process.ts");
  const { recordEffects } = await import("./network/record-effects.ts");
  const { namespace = "", name = "" } = pod.metadata;
  const network = new RunNetwork(snapshot, { kind: "pod", namespace, name, container: container.name }, clusterNames);
  const log = new LogCollector(pod, container.name, snapshot.now);
  const before = runtimeOf(snapshot, pod)?.containers[container.name]?.exit;
  let status = before?.code ?? 127;
  if (!before || restartsOf(pod, container.name) < MOST_RUNS) {
    const place = containerPlace(network, pod, container);
    const [program = "", ...argv] = mainCommand(snapshot, container);
    const found = await findProgram(program, place.toolbox);
    try {
      if (found)
        status = await found.run(argv, {
          ...place,
          out: (text) => log.add("stdout", text),
          err: (text) => log.add(container.tty ? "stdout" : "stderr", text),
          stdin: async () => new Uint8Array(),
          isTerminal: container.tty === true,
          network,
          now: () => snapshot.now,
        });
    } catch (error) {
      // The container fails; the cluster goes on.
      if (!(error instanceof ApiError)) throw error;
      log.add("stderr", `error: ${error.message}\n`);
      status = 1;
    }
  }
  return recordEffects(snapshot, [...network.effects, ...log.effects(), log.exit(status)]);
}
