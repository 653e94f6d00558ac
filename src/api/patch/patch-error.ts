import { ApiError, badRequest } from "../status.ts";

/**
 * - `malformed`: the patch is not a patch of its kind
 * - `unprocessable`: it is one but does not apply to the object
 * - `other`: anything else that the merge cannot do
 */
export type PatchProblem = "malformed" | "unprocessable" | "other";

/** A patch that cannot be applied or made. `message` is the text of the library that the real one uses. */
export class PatchError extends Error {
  override readonly name: string = "PatchError";
  readonly problem: PatchProblem;
  constructor(problem: PatchProblem, message: string) {
    super(message);
    this.problem = problem;
  }

  /**
   * What the API server answers. Models interpretStrategicMergePatchError and applyJSPatch of k8s.io/apiserver pkg/endpoints/handlers/patch.go, and
   * errors.NewGenericServerResponse, which hides the text of a 422.
   */
  toApiError(): ApiError {
    if (this.problem === "malformed") return badRequest(this.message);
    if (this.problem === "unprocessable")
      return new ApiError({
        reason: "Invalid",
        code: 422,
        message: "the server rejected our request due to an error in our request",
        details: {},
      });
    return new ApiError({ code: 500, message: this.message });
  }
}

/** A JSON patch replaces an item of a list that is not there. `field` is the operation's path. */
export class MissingFieldError extends PatchError {
  readonly field: string;
  constructor(field: string) {
    super("unprocessable", `replace operation does not apply: doc is missing key: ${field}: missing value`);
    this.field = field;
  }
}

/** With `overwrite` off: the patch touches what somebody else changed. The values are the two sets of changes, to be shown as YAML. */
export class PatchConflictError extends Error {
  override readonly name = "PatchConflictError";
  readonly patch: object;
  readonly changed: object;
  constructor(patch: object, changed: object) {
    super("conflict between the patch and the changes made from original to current");
    this.patch = patch;
    this.changed = changed;
  }
}
