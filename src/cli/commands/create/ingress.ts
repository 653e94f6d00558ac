import type { JsonObject } from "../../../api/json.ts";
import { CommandError } from "../../command.ts";
import { createNoun, metadataOf } from "../../create-object.ts";

/** host/path=service:port[,tls[=secret]] */
const RULE = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/;

/** `create ingress NAME --rule=host/path=service:port[,tls[=secret]]`. Models kubectl pkg/cmd/create/create_ingress.go. */
export default createNoun({
  resource: "ingresses.networking.k8s.io",
  failure: "failed to create ingress: ",
  validate({ flags }) {
    const rules = flags.list("rule");
    const backend = flags.string("default-backend");
    if (backend === "" && rules.length === 0) {
      throw new CommandError(
        "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)",
      );
    }
    for (const rule of rules) {
      if (RULE.test(rule)) continue;
      throw new CommandError(
        `rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
      );
    }
    for (const annotation of flags.list("annotation")) {
      if (annotation.includes("=")) continue;
      throw new CommandError(`annotation ${annotation} is invalid and should be in format key=[value]`);
    }
    if (backend !== "" && backend.split(":").length !== 2) {
      throw new CommandError("default-backend should be in format servicename:serviceport");
    }
  },
  build(options) {
    const { flags } = options;
    const annotations = Object.fromEntries(
      flags.list("annotation").map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
    );
    const className = flags.string("class");
    const backend = flags.string("default-backend");
    const tls = tlsOf(flags.list("rule"));
    const rules = rulesOf(flags.list("rule"));
    return {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { ...metadataOf(options), ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
      spec: {
        ...(className === "" ? {} : { ingressClassName: className }),
        ...(backend === "" ? {} : { defaultBackend: backendOf(backend) }),
        ...(tls.length > 0 ? { tls } : {}),
        ...(rules.length > 0 ? { rules } : {}),
      },
    };
  },
});

interface Tls {
  hosts?: string[];
  secretName?: string;
}

/** Hosts with the same secret share an entry; each host counts once. */
function tlsOf(rules: readonly string[]): Tls[] {
  const seen = new Set<string>();
  const entries: Tls[] = [];
  for (const rule of rules) {
    const parts = rule.split(",");
    const host = rule.split("/")[0] ?? "";
    if (parts.length !== 2 || seen.has(host)) continue;
    seen.add(host);
    const secretName = parts[1]!.split("=")[1] ?? "";
    const same = entries.find((entry) => (entry.secretName ?? "") === secretName);
    if (same) same.hosts = [...(same.hosts ?? []), host];
    else if (host !== "" || secretName !== "") {
      entries.push({ ...(host === "" ? {} : { hosts: [host] }), ...(secretName === "" ? {} : { secretName }) });
    }
  }
  return entries;
}

interface Rule {
  host?: string;
  http: { paths: JsonObject[] };
}

function rulesOf(texts: readonly string[]): Rule[] {
  const rules: Rule[] = [];
  for (const text of texts) {
    const bare = text.split(",")[0]!;
    const slash = bare.indexOf("/");
    const host = bare.slice(0, slash);
    const path = pathOf(bare.slice(slash + 1));
    const same = rules.find((rule) => (rule.host ?? "") === host);
    if (same) same.http.paths.push(path);
    else rules.push({ ...(host === "" ? {} : { host }), http: { paths: [path] } });
  }
  return rules;
}

/** A path that ends in `*` is a prefix. */
function pathOf(text: string): JsonObject {
  const [first = "", service = ""] = text.split("=");
  const path = `/${first}`;
  const prefix = path.endsWith("*");
  return {
    path: prefix ? path.slice(0, -1) : path,
    pathType: prefix ? "Prefix" : "Exact",
    backend: backendOf(service),
  };
}

function backendOf(text: string): JsonObject {
  const [name = "", port = ""] = text.split(":");
  const isNumber = /^[+-]?[0-9]+$/.test(port) && Math.abs(Number(port)) <= 0x7fffffff;
  return { service: { name, port: isNumber ? { number: Number(port) } : { name: port } } };
}
