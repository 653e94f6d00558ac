import { goQuote } from "../api/encoding/go-quote.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import { notRegistered } from "../api/schema/decode.ts";
import { readGoValue } from "../api/schema/go-read.ts";
import { loadGoType } from "../api/schema/go-types.ts";
import { badRequest, field, invalid } from "../api/status.ts";
import type { Propagation } from "../api/writes.ts";
import type { DeleteOptions } from "./client.ts";
import type { Deletion } from "./delete.ts";
import { readDocument } from "./raw-body.ts";

const TYPE = { group: "meta", version: "v1", kind: "DeleteOptions" };
const POLICIES: readonly string[] = ["Foreground", "Background", "Orphan"];

/** metav1.DeleteOptions */
export interface DeletionBody {
  dryRun?: string[];
  gracePeriodSeconds?: number;
  ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
  orphanDependents?: boolean;
  propagationPolicy?: string;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/**
 * What a deletion is asked to do: by the body of the request (JSON), or without one by the query, never by both. Models apiserver
 * pkg/endpoints/handlers/delete.go. @throws ApiError BadRequest, Invalid
 */
export async function readDeleteOptions(text: string, query: URLSearchParams): Promise<DeleteOptions> {
  const options = text === "" ? ofQuery(query) : await ofBody(text);
  const { propagation, ...deletion } = deletionOf(options);
  return {
    dryRun: (options.dryRun ?? []).length > 0,
    ...deletion,
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
  };
}

/** What they ask for, without the dry run. Models ValidateDeleteOptions of apimachinery. @throws ApiError Invalid */
export function deletionOf(options: DeletionBody): Deletion {
  validate(options);
  const { gracePeriodSeconds, orphanDependents, preconditions } = options;
  const propagation =
    orphanDependents === undefined
      ? (options.propagationPolicy as Propagation | undefined)
      : orphanDependents
        ? "Orphan"
        : "Background";
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(propagation === undefined ? {} : { propagation }),
    ...(preconditions ? { preconditions } : {}),
  };
}

function ofQuery(query: URLSearchParams): DeletionBody {
  const grace = query.get("gracePeriodSeconds");
  const orphan = query.get("orphanDependents");
  if (grace && !/^[-+]?\d+$/.test(grace))
    throw badRequest(`strconv.ParseInt: parsing ${goQuote(grace)}: invalid syntax`);
  return {
    dryRun: query.getAll("dryRun"),
    ...(grace ? { gracePeriodSeconds: Number(grace) } : {}),
    ...(orphan === null ? {} : { orphanDependents: !["", "0", "false"].includes(orphan.toLowerCase()) }),
    ...(query.has("propagationPolicy") ? { propagationPolicy: query.get("propagationPolicy")! } : {}),
  };
}

async function ofBody(text: string): Promise<DeletionBody> {
  const { body } = readDocument(text, badRequest);
  const kind = String(body.kind || TYPE.kind);
  if (kind !== TYPE.kind) throw badRequest(notRegistered(kind, String(body.apiVersion || "v1")));
  try {
    return readGoValue(body, (await loadGoType(TYPE))!).value;
  } catch (error) {
    if (error instanceof ParseError) throw badRequest(error.message);
    throw error;
  }
}

function validate({ dryRun = [], orphanDependents, propagationPolicy: policy }: DeletionBody): void {
  const errors = [
    ...(orphanDependents !== undefined && policy !== undefined
      ? [field.invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set")]
      : []),
    ...(policy !== undefined && !POLICIES.includes(policy)
      ? [field.notSupported("propagationPolicy", policy, [...POLICIES, "nil"])]
      : []),
    ...(dryRun.some((value) => value !== "All") ? [field.notSupported("dryRun", dryRun, ["All"])] : []),
  ];
  if (errors.length > 0) throw invalid({ group: "meta.k8s.io", kind: "DeleteOptions" }, "", errors);
}
