import type { Loader } from "../loader.ts";
import { KustomizeError } from "../problem.ts";
import { builtinSchema } from "./builtin.ts";
import type { Schema, SchemaSource } from "./schema.ts";
import { swaggerSchemas } from "./swagger.ts";

/** The version of Kubernetes whose schema kustomize is built with. */
const BUILTIN_VERSION = "v1.21.2";

/** The schema of one build: the built-in one, or the one that the first kustomization that says so names. Models SetSchema of kyaml openapi. */
export class Schemas {
  private source: SchemaSource = builtinSchema;
  private chosen = false;

  readonly of: SchemaSource = (apiVersion, kind): Schema | undefined => this.source(apiVersion, kind);

  /** Throws KustomizeError. @param first whether it is the kustomization that the user has named */
  choose(openapi: Readonly<Record<string, string>> | undefined, loader: Loader, first: boolean): void {
    const { path, version } = openapi ?? {};
    const text = path === undefined ? undefined : loader.loadText(path);
    if (this.chosen && !first) return;
    if (text !== undefined) {
      if (version !== undefined)
        throw new KustomizeError("builtin version and custom schema provided, cannot use both");
      this.source = swaggerSchemas(text);
      this.chosen = true;
    } else if (version) {
      if (version !== BUILTIN_VERSION) throw new KustomizeError("the specified OpenAPI version is not built in");
      this.chosen = true;
    }
  }
}
