import type { JsonObject } from "../../../api/json.ts";
import type { KubeObject } from "../../../api/object.ts";
import type { PolicyRule, Role, RoleBinding, Subject } from "../../../api/types/rbac.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../../command.ts";
import { isNotFound, messageOf } from "../../errors.ts";
import { type DryRun, dryRunOf } from "../../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../../output/object-printer.ts";
import { type Reconciled, reconcileBinding, reconcileRole } from "../../rbac/reconcile.ts";
import { RBAC_GROUP } from "../../rbac/subjects.ts";
import { filenameOptions, requireFilename } from "../../resources/files.ts";
import { findResources } from "../../resources/find.ts";
import type { FoundResources } from "../../resources/query.ts";

interface ReconcileOptions {
  invocation: Invocation;
  found: FoundResources;
  dryRun: boolean;
  print: PrintObject;
}

const RESOURCES: Readonly<Record<string, string>> = {
  Role: "roles",
  ClusterRole: "clusterroles",
  RoleBinding: "rolebindings",
  ClusterRoleBinding: "clusterrolebindings",
};

/** `auth reconcile`. Models kubectl pkg/cmd/auth/reconcile.go. */
export default defineCommand<ReconcileOptions>({
  async complete(invocation, context) {
    requireFilename(filenameOptions(invocation.flags));
    if (invocation.args.length > 0) throw new CommandError("no arguments are allowed");
    const dryRun = dryRunFlag(invocation, context);
    if (dryRun === "server") throw new CommandError("--dry-run=server for command reconcile is not supported yet");
    const files = filenameOptions(invocation.flags);
    const { namespace, namespaceGiven } = context;
    const query = {
      files,
      namespace,
      enforceNamespace: namespaceGiven,
      flatten: true,
      typed: true,
      local: true,
      continueOnError: true,
    };
    const found = findResources(query, context);
    context.checkConfig();
    const operation = dryRun === "client" ? "reconciled (dry run)" : "reconciled";
    const print = await objectPrinter(invocation.flags, context, operation, "typed");
    return { invocation, found, dryRun: dryRun === "client", print };
  },
  async run(options, context) {
    await options.found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      const object = info!.object as KubeObject;
      if (!Object.hasOwn(RESOURCES, object.kind) || !object.apiVersion.startsWith(`${RBAC_GROUP}/`)) return;
      await reconcile(object, options, context);
    });
  },
});

function dryRunFlag({ flags }: Invocation, context: CommandContext): DryRun {
  try {
    return dryRunOf(flags, context);
  } catch (error) {
    throw new CommandError(`error accessing --dry-run flag for command reconcile: ${messageOf(error)}`);
  }
}

async function reconcile(expected: KubeObject, options: ReconcileOptions, context: CommandContext): Promise<void> {
  const { flags } = options.invocation;
  const resource = `${RESOURCES[expected.kind]!}.${RBAC_GROUP}`;
  const existing = await storedOf(resource, expected, context);
  const result: Reconciled = expected.kind.endsWith("Binding")
    ? reconcileBinding(
        existing as RoleBinding | undefined,
        expected as RoleBinding,
        flags.bool("remove-extra-subjects"),
      )
    : reconcileRole(existing as Role | undefined, expected as Role, flags.bool("remove-extra-permissions"));
  const carriedOut = options.dryRun || result.isProtected ? result.object : await carryOut(resource, result, context);
  await options.print(carriedOut);
  context.streams.err.write(
    report(result, flags.bool("remove-extra-subjects"), flags.bool("remove-extra-permissions")),
  );
}

async function storedOf(
  resource: string,
  { kind, metadata }: KubeObject,
  context: CommandContext,
): Promise<KubeObject | undefined> {
  if (metadata.namespace === undefined && !kind.startsWith("Cluster")) return undefined;
  try {
    return await context.client.get(resource, metadata.namespace ?? "", metadata.name ?? "");
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function carryOut(resource: string, result: Reconciled, context: CommandContext): Promise<KubeObject> {
  const { operation, object } = result;
  const { name = "", namespace = "" } = object.metadata;
  const namespaced = !object.kind.startsWith("Cluster");
  const body = object as unknown as JsonObject;
  if (operation === "none") return object;
  if (operation === "update") return await context.client.update(resource, namespace, name, body);
  if (operation === "recreate") await context.client.delete(resource, namespace, name);
  // The file is read without the server, who would say that the kind has a namespace: none is filled in.
  if (namespaced && namespace === "") throw new CommandError("resource name may not be empty");
  if (namespaced) await ensureNamespace(namespace, context);
  return await context.client.create(resource, namespace, body);
}

/** Models component-helpers auth/rbac/reconciliation/namespace.go. */
async function ensureNamespace(name: string, context: CommandContext): Promise<void> {
  try {
    await context.client.get("namespaces", "", name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await context.client.create("namespaces", "", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
}

function report(result: Reconciled, removedSubjects: boolean, removedRules: boolean): string {
  if (result.operation === "none") return "";
  const caveat = result.isProtected
    ? ", but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)"
    : "";
  const part = <T>(title: string, list: readonly T[], text: (one: T) => string) =>
    list.length === 0 ? "" : `\t${title}:\n${list.map((one) => `\t\t${text(one)}\n`).join("")}`;
  return [
    `\treconciliation required ${result.operation}${caveat}\n`,
    part("missing subjects added", result.missingSubjects, subjectText),
    removedSubjects ? part("extra subjects removed", result.extraSubjects, subjectText) : "",
    part("missing rules added", result.missingRules, ruleText),
    removedRules ? part("extra rules removed", result.extraRules, ruleText) : "",
  ].join("");
}

/** As Go prints the struct (`%+v`). */
function subjectText({ kind, apiGroup = "", name, namespace = "" }: Subject): string {
  return `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;
}

function ruleText({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule) {
  const [a, b, c, d, e] = [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map((list) => list.join(" "));
  return `{Verbs:[${a}] APIGroups:[${b}] Resources:[${c}] ResourceNames:[${d}] NonResourceURLs:[${e}]}`;
}
