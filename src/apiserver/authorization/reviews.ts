import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import { badRequest, type FieldError, field, invalid, notSimulated } from "../../api/status.ts";
import type { User } from "../../api/types/user.ts";
import { decodeBody, encoded, matchNamespace } from "../decode-body.ts";
import { supplyRoles } from "../first-objects/supply.ts";
import type { Request } from "../request.ts";
import { type Attributes, authorize, rulesFor } from "./rbac.ts";

interface AccessSpec {
  user?: string;
  uid?: string;
  groups?: string[];
  extra?: Record<string, string[]>;
  resourceAttributes?: Record<string, string>;
  nonResourceAttributes?: Record<string, string>;
}

/**
 * A question that is posted and answered, and never stored. Models kubernetes pkg/registry/authorization and
 * pkg/registry/authentication. @throws ApiError
 */
export async function review(request: Request, user: User, body: JsonObject): Promise<KubeObject> {
  await supplyRoles(request.world);
  const object = await decodeBody(request, body);
  matchNamespace(request, object);
  return await encoded(request, await answer(request, user, object));
}

async function answer(request: Request, user: User, object: KubeObject): Promise<KubeObject> {
  const { kind } = request.info;
  switch (kind) {
    case "SelfSubjectReview":
      return whoIs(request, user, object);
    case "SelfSubjectRulesReview":
      return rules(request, user, object);
    case "SelfSubjectAccessReview":
    case "SubjectAccessReview":
    case "LocalSubjectAccessReview":
      return access(request, user, object);
    case "TokenReview": {
      const { reviewToken } = await import("./token.ts");
      return reviewToken(request.world, object);
    }
    default:
      throw notSimulated(`creating ${kind} objects`);
  }
}

function whoIs({ world }: Request, user: User, object: KubeObject): KubeObject {
  const { name, uid, groups, extra } = user;
  const userInfo = {
    username: name,
    ...(uid ? { uid } : {}),
    ...(groups.length > 0 ? { groups: [...groups] } : {}),
    ...(extra && Object.keys(extra).length > 0 ? { extra } : {}),
  };
  const metadata = { creationTimestamp: timestamp(world.objects.now) };
  return { apiVersion: object.apiVersion, kind: object.kind, metadata, status: { userInfo } } as KubeObject;
}

/** Models pkg/registry/authorization/selfsubjectrulesreview. */
function rules({ world }: Request, user: User, object: KubeObject): KubeObject {
  const namespace = ((object.spec ?? {}) as { namespace?: string }).namespace ?? "";
  if (namespace === "") throw badRequest("no namespace on request");
  const found = rulesFor(world.objects, user, namespace);
  const status = {
    resourceRules: found.rules
      .filter((rule) => (rule.resources ?? []).length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({ verbs, apiGroups, resources, resourceNames })),
    nonResourceRules: found.rules
      .filter((rule) => (rule.nonResourceURLs ?? []).length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
    ...(found.error === "" ? {} : { evaluationError: found.error }),
  };
  return { apiVersion: object.apiVersion, kind: object.kind, metadata: {}, spec: {}, status } as unknown as KubeObject;
}

/** Models pkg/registry/authorization/subjectaccessreview and its like. */
function access(request: Request, user: User, object: KubeObject): KubeObject {
  const spec = (object.spec ?? {}) as AccessSpec;
  const self = object.kind === "SelfSubjectAccessReview";
  const errors = problems(spec, self);
  if (object.kind === "LocalSubjectAccessReview") {
    const inside = spec.resourceAttributes?.namespace ?? "";
    if (spec.resourceAttributes && inside !== request.namespace)
      errors.push(field.invalid("spec.resourceAttributes.namespace", inside, "must match metadata.namespace"));
  }
  if (errors.length > 0) throw invalid({ group: request.info.group, kind: "" }, "", errors);
  const { uid, extra } = spec;
  const subject: User = self
    ? user
    : { name: spec.user ?? "", groups: spec.groups ?? [], ...(uid ? { uid } : {}), ...(extra ? { extra } : {}) };
  const { allowed, reason } = authorize(request.world.objects, subject, attributesOf(spec));
  return { ...object, status: { allowed, ...(reason === "" ? {} : { reason }) } } as KubeObject;
}

/** Models pkg/apis/authorization/validation. */
function problems(spec: AccessSpec, self: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (resourceAttributes && nonResourceAttributes)
    errors.push(
      field.invalid(
        "spec.nonResourceAttributes",
        nonResourceAttributes,
        "cannot be specified in combination with resourceAttributes",
      ),
    );
  if (!resourceAttributes && !nonResourceAttributes)
    errors.push(
      field.invalid(
        "spec.resourceAttributes",
        null,
        "exactly one of nonResourceAttributes or resourceAttributes must be specified",
      ),
    );
  if (!self && !spec.user && !spec.groups?.length)
    errors.push(field.invalid("spec.user", "", "at least one of user or group must be specified"));
  return errors;
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: AccessSpec): Attributes {
  if (nonResourceAttributes) return { verb: nonResourceAttributes.verb ?? "", path: nonResourceAttributes.path ?? "" };
  const {
    verb = "",
    group = "",
    resource = "",
    subresource = "",
    namespace = "",
    name = "",
  } = resourceAttributes ?? {};
  return { verb, group, resource, subresource, namespace, name };
}
