import type { Snapshot } from "../../api/snapshot.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { findProgram } from "../../programs/catalogue.ts";
import { RunNetwork } from "../../programs/network-port.ts";
import { containerPlace, hostPlace, nodePlace, type Place } from "../../programs/place.ts";
import type { ProgramContext } from "../../programs/program.ts";
import { clusterNames } from "../../programs/resolver.ts";
import type { CommandContext } from "../command.ts";
import { hostFiles } from "./host-files.ts";

/** Where a program is to run. */
export type Target =
  | { kind: "host" }
  | { kind: "node"; name: string }
  | { kind: "container"; pod: Pod; container: Container };

/** What a program speaks with. */
export interface ProgramStreams {
  out(text: string | Uint8Array): void;
  err(text: string): void;
  stdin(): Promise<Uint8Array>;
  isTerminal: boolean;
}

/** A place in the cluster with the network seen from there; what is done there is stored by `save`. */
export interface OpenPlace {
  place: Place;
  network: RunNetwork;
  snapshot: Snapshot;
  /** Stores what the programs that ran here have left behind. */
  save(): Promise<void>;
}

/** Opens a place on the cluster as it is now. */
export async function openPlace(target: Target, context: CommandContext): Promise<OpenPlace> {
  const snapshot = await context.admin.snapshot();
  const where: Place["where"] =
    target.kind === "container"
      ? {
          kind: "pod",
          namespace: target.pod.metadata.namespace ?? "default",
          name: target.pod.metadata.name ?? "",
          container: target.container.name,
        }
      : target;
  const network = new RunNetwork(snapshot, where, clusterNames);
  const { files, processes } = context;
  const place =
    target.kind === "container"
      ? containerPlace(network, target.pod, target.container)
      : target.kind === "node"
        ? nodePlace(snapshot, target.name)
        : hostPlace(hostFiles(files, processes.cwd), processes.cwd);
  let saved = 0;
  return {
    place,
    network,
    snapshot,
    async save() {
      const effects = network.effects.slice(saved);
      saved = network.effects.length;
      if (effects.length === 0) return;
      await context.admin.recordEffects(effects);
      network.rebase(await context.admin.snapshot());
    },
  };
}

/** What one program gets to see. */
export function programContext({ place, network }: OpenPlace, streams: ProgramStreams): ProgramContext {
  return {
    where: place.where,
    out: streams.out,
    err: streams.err,
    stdin: streams.stdin,
    isTerminal: streams.isTerminal,
    network,
    files: place.files,
    env: place.env,
    cwd: place.cwd,
    now: () => network.snapshot().now,
  };
}

/**
 * Runs one program where it is and stores what it leaves behind (a connection is a write).
 * undefined: there is no such program.
 */
export async function runProgram(
  name: string,
  argv: readonly string[],
  open: OpenPlace,
  streams: ProgramStreams,
): Promise<number | undefined> {
  const program = await findProgram(name, open.place.toolbox);
  if (!program) return undefined;
  const status = await program.run(argv, programContext(open, streams));
  await open.save();
  return status;
}

/** The command's own streams. `input`: standard input is passed on. */
export function ownStreams({ streams }: CommandContext, input: boolean): ProgramStreams {
  return {
    out: (text) => streams.out.write(text),
    err: (text) => streams.err.write(text),
    stdin: async () => (input ? await streams.readInput() : new Uint8Array()),
    isTerminal: streams.out.isTerminal,
  };
}
