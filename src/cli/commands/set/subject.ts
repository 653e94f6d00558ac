import { compareStrings } from "../../../api/json.ts";
import type { KubeObject } from "../../../api/object.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import { RBAC_GROUP } from "../../rbac/subjects.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";
import { findForSet, patchEach, refuseServerWithLocal, type SetOptions } from "../../set/pod-templates.ts";

interface SubjectOptions extends SetOptions {
  infos: ResourceInfo[];
}

interface Subject {
  kind: string;
  apiGroup?: string;
  name: string;
  namespace?: string;
}

/** `set subject`. Models kubectl pkg/cmd/set/set_subject.go. */
export default defineCommand<SubjectOptions>({
  async complete({ flags, args }, context) {
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("subjects updated", dryRun), "typed");
    const options = { flags, resources: args, dryRun, print };
    return { ...options, infos: await findForSet(options, context) };
  },
  validate(options) {
    const { flags, infos } = options;
    refuseServerWithLocal(options);
    if (flags.bool("all") && flags.string("selector") !== "") {
      throw new CommandError("cannot set --all and --selector at the same time");
    }
    const accounts = flags.list("serviceaccount");
    if (flags.list("user").length + flags.list("group").length + accounts.length === 0) {
      throw new CommandError("you must specify at least one value of user, group or serviceaccount");
    }
    for (const account of accounts) {
      const [namespace, name, ...more] = account.split(":");
      if (!name || more.length > 0) throw new CommandError("serviceaccount must be <namespace>:<name>");
      if (namespace === "" && infos.some(({ object }) => (object as KubeObject).kind === "ClusterRoleBinding")) {
        throw new CommandError("serviceaccount must be <namespace>:<name>, namespace must be specified");
      }
    }
  },
  async run(options, context) {
    const wanted = subjects(options.flags, context.namespace);
    await patchEach(
      options.infos,
      (object) => addSubjects(object, wanted),
      { failure: "failed to patch subjects to rolebinding:" },
      options,
      [],
      context,
    );
  },
});

function subjects(flags: FlagValues, ownNamespace: string): Subject[] {
  const sorted = (name: string) => [...new Set(flags.list(name))].sort(compareStrings);
  return [
    ...sorted("user").map((name) => ({ kind: "User", apiGroup: RBAC_GROUP, name })),
    ...sorted("group").map((name) => ({ kind: "Group", apiGroup: RBAC_GROUP, name })),
    ...sorted("serviceaccount").map((account) => {
      const [namespace = "", name = ""] = account.split(":");
      return { kind: "ServiceAccount", name, namespace: namespace || ownNamespace };
    }),
  ];
}

function addSubjects(object: KubeObject, wanted: readonly Subject[]): KubeObject {
  if (!["RoleBinding", "ClusterRoleBinding"].includes(object.kind)) {
    throw new CommandError("setting subjects is only supported for RoleBinding/ClusterRoleBinding");
  }
  const binding = object as KubeObject & { subjects?: Subject[] };
  const there = binding.subjects ?? [];
  const missing = wanted.filter((subject) => !there.some((other) => same(subject, other)));
  return missing.length === 0 ? object : ({ ...binding, subjects: [...there, ...missing] } as KubeObject);
}

function same(a: Subject, b: Subject): boolean {
  return (["kind", "apiGroup", "name", "namespace"] as const).every((field) => (a[field] ?? "") === (b[field] ?? ""));
}
