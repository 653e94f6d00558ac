import { notSimulated } from "../../api/status.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import { clusterView } from "../../network/cluster-view.ts";
import type { Program, ProgramContext } from "../program.ts";

/** `ip addr` and `ip route` of BusyBox, on a pod's two interfaces. Models networking/libiproute (ipaddress.c, iproute.c). */
export const program: Program = { run: (argv, context) => run(argv, context, busybox) };

/** iproute2's, which says a little more of an interface. Models ip/ipaddress.c. */
export const iproute2: Program = { run: (argv, context) => run(argv, context, full) };

interface Style {
  loopback: string;
  ethernet: string;
}

const busybox: Style = {
  loopback: "mtu 65536 qdisc noqueue qlen 1000",
  ethernet: "mtu 1500 qdisc noqueue ",
};
const full: Style = {
  loopback: "mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000",
  ethernet: "mtu 1500 qdisc noqueue state UP group default qlen 1000",
};

interface Interface {
  address: string;
  bits: number;
  gateway: string;
}

async function run(argv: readonly string[], context: ProgramContext, style: Style): Promise<number> {
  const words = argv.filter((word) => word !== "-4");
  const [object = "", verb = "show", ...rest] = words;
  const own = interfaceOf(context);
  if (rest.length > 0 || !["show", "list", "s", "l"].includes(verb)) throw notSimulated(`ip ${argv.join(" ")}`);
  if (["a", "addr", "address"].includes(object)) context.out(addresses(own, style));
  else if (["r", "route"].includes(object)) context.out(routes(own));
  else throw notSimulated(`ip ${argv.join(" ")}`);
  return 0;
}

function interfaceOf(context: ProgramContext): Interface {
  const snapshot = context.network.snapshot();
  const { where } = context;
  if (where.kind === "host") throw notSimulated("ip on this machine");
  const pod = where.kind === "pod" ? snapshot.get<Pod>("pods", where.namespace, where.name) : undefined;
  const nodeName = where.kind === "node" ? where.name : (pod?.spec?.nodeName ?? "");
  const node = clusterView(snapshot).node(nodeName);
  if (!pod || pod.spec?.hostNetwork) {
    const address = node?.internalIP ?? "127.0.0.1";
    return { address, bits: 24, gateway: address.replace(/\d+$/, "1") };
  }
  const range = snapshot.get<Node>("nodes", "", nodeName)?.spec?.podCIDR ?? "";
  return {
    address: pod.status?.podIP ?? "127.0.0.1",
    bits: Number(range.split("/")[1] ?? 24),
    gateway: node?.bridge ?? "",
  };
}

function addresses({ address, bits }: Interface, { loopback, ethernet }: Style): string {
  const parts = address.split(".").map(Number);
  const hex = (value = 0) => value.toString(16).padStart(2, "0");
  const mac = ["0a", "58", ...parts.map(hex)];
  // EUI-64: the bit of universal addresses turned, ff:fe in the middle.
  const groups = [`08${mac[1]}`, `${mac[2]}ff`, `fe${mac[3]}`, `${mac[4]}${mac[5]}`].map((it) => it.replace(/^0+/, ""));
  return [
    `1: lo: <LOOPBACK,UP,LOWER_UP> ${loopback}`,
    "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
    "    inet 127.0.0.1/8 scope host lo",
    "       valid_lft forever preferred_lft forever",
    "    inet6 ::1/128 scope host ",
    "       valid_lft forever preferred_lft forever",
    `2: eth0@if${(parts[3] ?? 0) + 3}: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> ${ethernet}`,
    `    link/ether ${mac.join(":")} brd ff:ff:ff:ff:ff:ff`,
    `    inet ${address}/${bits} brd ${masked(parts, bits, true)} scope global eth0`,
    "       valid_lft forever preferred_lft forever",
    `    inet6 fe80::${groups.join(":")}/64 scope link `,
    "       valid_lft forever preferred_lft forever",
    "",
  ].join("\n");
}

function routes({ address, bits, gateway }: Interface): string {
  const network = masked(address.split(".").map(Number), bits, false);
  return `default via ${gateway} dev eth0 \n${network}/${bits} dev eth0 scope link  src ${address} \n`;
}

/** The network's own address, or its broadcast address. */
function masked(parts: readonly number[], bits: number, broadcast: boolean): string {
  return parts
    .map((part, i) => {
      const host = 0xff >> Math.min(8, Math.max(0, bits - 8 * i));
      return broadcast ? part | host : part & ~host & 0xff;
    })
    .join(".");
}
