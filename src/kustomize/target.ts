import { goQuote } from "../api/encoding/go-quote.ts";
import { Accumulator } from "./accumulator.ts";
import { LOCAL_CONFIG, NOTES, ORIGIN } from "./annotations.ts";
import type { BuildOptions } from "./build.ts";
import { configurationFrom } from "./config/configurations.ts";
import { crdConfig } from "./config/crds.ts";
import { readKustomization } from "./kustomization.ts";
import type { Loader } from "./loader.ts";
import { nameHash } from "./name-hash.ts";
import { fixNameReferences } from "./name-references.ts";
import { addTransformation, type Origin, originIn, originText, setOrigin } from "./origin.ts";
import { readResourceFile } from "./patches.ts";
import { type GeneratorStep, pluginGenerators, pluginTransformers, type TransformerStep } from "./plugins.ts";
import { KustomizeError, prefixed, within } from "./problem.ts";
import { checkMetadata, readResources } from "./read-resources.ts";
import { ResMap } from "./res-map.ts";
import type { Schemas } from "./schema/schemas.ts";
import { builtinGenerators, builtinTransformers } from "./steps.ts";
import type { Kustomization } from "./types.ts";

/** What all kustomizations of one build share. */
export interface Session {
  options: BuildOptions;
  schemas: Schemas;
}

const FILE_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

async function around<T>(prefix: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw prefixed(error, prefix);
  }
}

/** One kustomization and what it makes. Models api/internal/target KustTarget. */
export class Target {
  readonly kustomization: Kustomization;
  readonly fileName: string;
  readonly loader: Loader;
  readonly session: Session;
  origin: Origin | undefined;

  private constructor(kustomization: Kustomization, fileName: string, loader: Loader, session: Session) {
    this.kustomization = kustomization;
    this.fileName = fileName;
    this.loader = loader;
    this.session = session;
  }

  /** Reads the kustomization file of the loader's folder. Throws KustomizeError. */
  static async load(loader: Loader, session: Session): Promise<Target> {
    const { name, text } = findFile(loader);
    const kustomization = await readKustomization(text, loader.root, session.options.warn);
    return new Target(kustomization, name, loader, session);
  }

  /** Models makeCustomizedResMap. */
  async build(): Promise<ResMap> {
    if (this.kustomization.buildMetadata?.length) this.origin = {};
    const accumulated = await this.accumulate(new Accumulator());
    const { map, config, vars } = accumulated;
    for (const resource of map.list)
      if (resource.isEnabled(NOTES.needsHash)) {
        const hash = nameHash(resource.node);
        resource.storePreviousId();
        resource.setName(`${resource.name}-${hash}`);
      }
    fixNameReferences(map, config.nameReference);
    vars.resolve(map, config.varReference, this.session.options.log);
    dropLocal(map);
    return map;
  }

  /** Models accumulateTarget. @param into what was gathered before, for a component */
  private async accumulate(into: Accumulator): Promise<Accumulator> {
    const { kustomization, loader } = this;
    const { resources = [], configurations = [], crds = [], components = [] } = kustomization;
    await around("accumulating resources", () => this.accumulateResources(into, resources));
    into.mergeConfig(await configurationFrom(configurations, loader));
    into.mergeConfig(crdConfig(crds, loader));
    await this.runGenerators(into);
    const all = await around("accumulating components", () => this.accumulateComponents(into, components));
    await this.runTransformers(all);
    await this.runValidators(all);
    const { vars = [] } = kustomization;
    all.vars.merge(vars, all.map);
    return all;
  }

  /** Each is a file, or else the folder of another kustomization. */
  private async accumulateResources(into: Accumulator, paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const problem = this.accumulateFile(into, path);
      if (problem === undefined) continue;
      let folder: Loader;
      const where = `accumulation err='${problem.message}'`;
      try {
        folder = this.loader.child(path);
      } catch (error) {
        // What was a file, but no YAML, is not told to be no folder too.
        throw problem.kind === "malformed" && error instanceof KustomizeError ? problem : prefixed(error, where);
      }
      await around(where, () => this.accumulateFolder(new Accumulator(), into, folder, path));
    }
  }

  /** Why the file cannot be taken. Models accumulateFile. */
  private accumulateFile(into: Accumulator, path: string): KustomizeError | undefined {
    const failed = (error: unknown, what: string) => {
      if (!(error instanceof KustomizeError)) throw error;
      return new KustomizeError(`${what} from '${path}': ${error.message}`, error.kind);
    };
    let map: ResMap;
    try {
      map = ResMap.of(readResourceFile(path, this.loader));
    } catch (error) {
      return failed(error, "accumulating resources");
    }
    if (this.origin !== undefined) {
      const text = originText(originIn(this.origin, path));
      for (const resource of map.list) resource.annotations = resource.annotations.set(ORIGIN, text);
    }
    try {
      into.map.appendAll(map);
      return undefined;
    } catch (error) {
      return failed(error, "merging resources");
    }
  }

  private async accumulateComponents(into: Accumulator, paths: readonly string[]): Promise<Accumulator> {
    let all = into;
    for (const path of paths) {
      const folder = quoting("loader.New", () => this.loader.child(path));
      try {
        const merged = new Accumulator();
        await this.accumulateFolder(all, merged, folder, path, true);
        all = merged;
      } catch (error) {
        if (!(error instanceof KustomizeError)) throw error;
        throw new KustomizeError(`accumulateDirectory: ${goQuote(error.message)}`);
      }
    }
    return all;
  }

  /**
   * What another kustomization makes. Models accumulateDirectory.
   * @param from what it begins with, which a component changes
   */
  private async accumulateFolder(
    from: Accumulator,
    into: Accumulator,
    loader: Loader,
    path: string,
    isComponent = false,
  ): Promise<void> {
    const target = await around(`couldn't make target for path '${loader.root}'`, () =>
      Target.load(loader, this.session),
    );
    const { kind } = target.kustomization;
    target.kustomization.buildMetadata = this.kustomization.buildMetadata ?? [];
    target.origin = this.origin && originIn(this.origin, path);
    this.session.schemas.choose(target.kustomization.openapi, loader, false);
    if (isComponent && kind !== "Component")
      throw new KustomizeError(`expected kind 'Component' for path '${loader.root}' but got '${kind}'`);
    if (!isComponent && kind === "Component")
      throw new KustomizeError(`expected kind != 'Component' for path '${loader.root}'`);
    const made = await around(`recursed accumulation of path '${loader.root}'`, () => target.accumulate(from));
    within(`recursed merging from path '${loader.root}'`, () => into.merge(made));
  }

  private async runGenerators(into: Accumulator): Promise<void> {
    const steps: GeneratorStep[] = [
      ...(await builtinGenerators(this)),
      ...(await around("loading generator plugins", async () =>
        pluginGenerators(await this.pluginConfigs(this.kustomization.generators ?? []), this),
      )),
    ];
    for (const { generate, origin } of steps) {
      const resources = generate();
      if (origin !== undefined)
        for (const resource of resources) if (!resource.annotations.has(ORIGIN)) setOrigin(resource, origin);
      try {
        into.map.absorb(ResMap.of(resources));
      } catch (error) {
        // Go prints where the generator lies in memory.
        throw prefixed(
          error,
          `merging from generator &{0xc000a1c3e0 ${origin === undefined ? "<nil>" : "0xc00052ab00"}}`,
        );
      }
    }
  }

  /** The objects that configure plugins: texts in the kustomization itself, files and folders. */
  private async pluginConfigs(sources: readonly string[]): Promise<ResMap> {
    const accumulator = new Accumulator();
    const paths: string[] = [];
    for (const source of sources) {
      let inline: ResMap;
      try {
        inline = ResMap.of(readResources(source));
      } catch (error) {
        if (!(error instanceof KustomizeError)) throw error;
        paths.push(source);
        continue;
      }
      if (this.origin !== undefined)
        for (const resource of inline.list) setOrigin(resource, originIn(this.origin, this.fileName));
      accumulator.map.appendAll(inline);
    }
    await this.accumulateResources(accumulator, paths);
    return accumulator.map;
  }

  private async runTransformers({ map, config }: Accumulator): Promise<void> {
    const steps: TransformerStep[] = [
      ...(await builtinTransformers(this, config)),
      ...(await pluginTransformers(await this.pluginConfigs(this.kustomization.transformers ?? []), this)),
    ];
    for (const { transform, origin } of steps) {
      transform(map);
      if (origin !== undefined) for (const resource of map.list) addTransformation(resource, origin);
      map.dropEmpty();
    }
  }

  private async runValidators({ map }: Accumulator): Promise<void> {
    const configs = await this.pluginConfigs(this.kustomization.validators ?? []);
    for (const { transform } of await pluginTransformers(configs, this)) transform(map);
  }
}

function quoting<T>(prefix: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof KustomizeError) throw new KustomizeError(`${prefix} ${goQuote(error.message)}`);
    throw error;
  }
}

/** Models LoadKustFile. */
function findFile(loader: Loader): { name: string; text: string } {
  const found = FILE_NAMES.flatMap((name) => {
    try {
      return [{ name, text: loader.loadText(name) }];
    } catch (error) {
      if (error instanceof KustomizeError) return [];
      throw error;
    }
  });
  const [file] = found;
  if (found.length > 1) throw new KustomizeError(`Found multiple kustomization files under: ${loader.root}\n`);
  if (file !== undefined) return file;
  throw new KustomizeError(
    `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${loader.root}'`,
  );
}

/** Models IgnoreLocal. Throws KustomizeError where ids have become the same, of which the real one dies. */
function dropLocal(map: ResMap): void {
  const kept = map.list.filter((resource) => {
    if (resource.isEmpty) return false;
    checkMetadata(resource.node);
    const local = resource.annotations.get(LOCAL_CONFIG);
    return local === undefined || local === "false";
  });
  map.list = ResMap.of(kept).list;
}
