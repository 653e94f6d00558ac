import type { Pod, Service } from "../../api/types/core.ts";
import { goErrno } from "../../platform/errno.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { messageOf } from "../errors.ts";
import { klogLine } from "../klog.ts";
import { activePods, namedObject, podRunningTimeout, podSelector, podsBehind } from "../pod-programs/attachable-pod.ts";
import { forwardHttp } from "../pod-programs/forward-http.ts";
import {
  type ForwardedPort,
  parseAddresses,
  parsePorts,
  podPorts,
  servicePorts,
} from "../pod-programs/forward-ports.ts";

interface Options {
  pod: Pod;
  ports: string[];
  addresses: string[];
}

/** `port-forward`. Models kubectl pkg/cmd/portforward/portforward.go and client-go tools/portforward. */
export default defineCommand<Options>({
  async complete({ path, args, flags }, context) {
    if (args.length < 2) throw new UsageError(path, "TYPE/NAME and list of ports are required for port-forward");
    const timeout = podRunningTimeout(path, flags);
    const [name = "", ...ports] = args;
    const object = await namedObject({ name, timeout }, context);
    let pod = object as Pod;
    if (object.kind !== "Pod") {
      const selector = podSelector(object, "cannot attach to");
      const pods = await podsBehind(object.metadata.namespace ?? "", selector, timeout, context);
      pod = [...pods].sort((a, b) => activePods(b, a))[0]!;
    }
    return {
      pod,
      ports: object.kind === "Service" ? servicePorts(ports, object as Service, pod) : podPorts(ports, pod),
      addresses: flags.list("address"),
    };
  },
  async run({ pod, ports, addresses }, context) {
    const { namespace = "", name = "" } = pod.metadata;
    const now = (await context.client.get("pods", namespace, name)) as Pod;
    const phase = now.status?.phase ?? "";
    if (phase !== "Running")
      throw new CommandError(`unable to forward port because pod is not running. Current status=${phase}`);
    const listening = parseAddresses(addresses);
    await forward(now, parsePorts(ports), listening, context);
  },
});

async function forward(
  pod: Pod,
  ports: ForwardedPort[],
  addresses: ReturnType<typeof parseAddresses>,
  context: CommandContext,
): Promise<void> {
  const closing: (() => Promise<void>)[] = [];
  let lose: (why: unknown) => void = () => {};
  const lost = new Promise<never>((_resolve, reject) => {
    lose = reject;
  });
  // Nobody may be waiting yet when the connection is lost.
  lost.catch(() => {});
  const { out, err } = context.streams;
  let queue: Promise<unknown> = Promise.resolve();
  let listened = false;
  for (const port of ports) {
    const failures: string[] = [];
    let failed = 0;
    let opened = 0;
    let broken = false;
    for (const { address, mode } of addresses) {
      try {
        const server = await context.net.serve(port.local, address, {
          connection() {
            out.write(`Handling connection for ${port.local}\n`);
            queue = queue.then(() => context.flush());
          },
          request: (ask) => {
            const answer = queue.then(() => forwardHttp(pod, port.remote, ask, context));
            queue = answer.catch(lose);
            return answer.then((reply) => {
              if (reply === "closed") return undefined;
              if (reply !== "refused") return reply;
              err.write(refusal(pod, port, context));
              lose(new CommandError("lost connection to pod"));
              return undefined;
            });
          },
        });
        closing.push(server.close);
        port.local = server.port;
        const host = address === "::1" ? "[::1]" : address;
        out.write(`Forwarding from ${host}:${port.local} -> ${port.remote}\n`);
        if (mode === "all") opened++;
      } catch (error) {
        failures.push(`unable to create listener: Error ${listenError(error, address, port.local)}`);
        if (mode === "all") failed++;
        else broken = true;
      }
    }
    if (broken || (opened === 0 && failed > 0))
      err.write(
        `Unable to listen on port ${port.local}: Listeners failed to create with the following errors: [${failures.join(" ")}]\n`,
      );
    else listened = true;
  }
  if (!listened)
    throw new CommandError(
      `unable to listen on any of the requested ports: [${ports.map(({ local, remote }) => `{${local} ${remote}}`).join(" ")}]`,
    );
  await context.flush();
  try {
    await Promise.race([context.processes.untilInterrupt(), lost]);
    await queue;
  } finally {
    for (const close of closing) await close();
  }
}

/** Go's net.OpError of a socket that cannot be bound. */
function listenError(error: unknown, address: string, port: number): string {
  const why = goErrno(error) ?? messageOf(error);
  const [family, host] = address === "::1" ? ["tcp6", "[::1]"] : ["tcp4", address];
  return `listen ${family} ${host}:${port}: bind: ${why}`;
}

/** What kubelet and containerd say when nobody listens in the pod, as kubectl's log hands it on. */
function refusal(pod: Pod, { local, remote }: ForwardedPort, context: CommandContext): string {
  const uid = pod.metadata.uid ?? "";
  const sandbox = uid.replaceAll("-", "").repeat(2);
  const namespace = `/var/run/netns/cni-${uid}`;
  const why = `an error occurred forwarding ${local} -> ${remote}: error forwarding port ${remote} to pod ${sandbox}, uid : failed to execute portforward in network namespace \\"${namespace}\\": failed to connect to localhost:${remote} inside namespace \\"${sandbox}\\", IPv4: dial tcp4 127.0.0.1:${remote}: connect: connection refused IPv6 dial tcp6 [::1]:${remote}: connect: connection refused `;
  return klogLine("E", "portforward.go:522", `"Unhandled Error" err="${why}"`, context);
}
