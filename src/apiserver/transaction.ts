import type { NewClusterOptions } from "../api/profiles/profile.ts";
import type { Write } from "../api/writes.ts";
import type { Clock } from "../platform/platform.ts";
import type { Document } from "../store/document.ts";
import type { StateFile } from "../store/state-file.ts";
import type { Settle, World } from "./world.ts";
import { worldOf } from "./world-of.ts";

export interface ClusterOptions {
  file: StateFile;
  clock: Clock;
  settle: Settle;
  /** Carries out what a controller wants. */
  write(world: World, write: Write, manager: string): Promise<void>;
  /** A new cluster at an instant (milliseconds since 1970); what the options leave open is as the surroundings say. */
  newCluster(now: number, options: NewClusterOptions): Promise<Document>;
}

/**
 * Owns lock → snapshot → requests → settle → commit. A command's requests gather in memory under the lock, each all or nothing, and
 * one commit replaces the file; nothing that a command prints leaves the process before the commit that holds it. Reading needs no
 * lock and never writes.
 */
export class Cluster {
  private readonly options: ClusterOptions;
  private document: Document | undefined;
  private world: World | undefined;
  private locked = false;
  private dirty = false;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(options: ClusterOptions) {
    this.options = options;
  }

  /** Runs `request`, which looks at one resource (`about`) or at everything, on the cluster as it is now. What it changes is never stored. */
  read<T>(request: (world: World) => T | Promise<T>, about?: string): Promise<T> {
    return this.inOrder(async () => {
      const world = await this.current(about);
      return await request(world);
    });
  }

  /**
   * Runs `request` under the lock; when it throws, or for a dry run, the cluster stays as it was. The controllers have settled when
   * the promise resolves.
   */
  write<T>(request: (world: World) => T | Promise<T>, options: { dryRun?: boolean } = {}): Promise<T> {
    return this.inOrder(async () => {
      if (!options.dryRun) await this.lockNow();
      const world = await this.current();
      const mark = world.objects.mark();
      // Requests put new values in; of what stands below, only the settings and the agenda are changed in place.
      const { settings, agenda } = world.header;
      const header = { ...world.header, settings: { ...settings }, agenda: [...agenda] };
      const takeBack = () => {
        world.objects.rollback(mark);
        world.header = header;
        world.objects.version = header.resourceVersion;
        world.pending = [];
      };
      try {
        const result = await request(world);
        if (options.dryRun) takeBack();
        else {
          this.dirty = true;
          await this.settle(world, world.objects.now);
        }
        return result;
      } catch (error) {
        takeBack();
        throw error;
      }
    });
  }

  /** Stores what was written and lets the lock go. After it, reads look at the file again if another process changed it. */
  commit(): Promise<void> {
    return this.inOrder(async () => {
      try {
        if (this.dirty && this.world && this.document) {
          this.world.header.time = this.world.objects.now;
          const { changes } = this.world.objects;
          const rows = changes.size > 0 ? await (await import("./rows.ts")).rowsOf(changes) : undefined;
          try {
            this.options.file.replace(this.document, this.world.header, changes, rows);
          } catch (error) {
            // What could not be stored is forgotten: the file is read again.
            this.world = undefined;
            throw error;
          }
        }
      } finally {
        if (this.locked) this.options.file.release();
        this.locked = false;
        this.dirty = false;
      }
    });
  }

  /** Puts a new cluster in the place of the old one, whatever state its file is in. */
  replace(options: NewClusterOptions): Promise<void> {
    return this.inOrder(async () => {
      await this.lockNow(false);
      await this.create(options);
    });
  }

  /** Puts a saved cluster in the place of this one, whatever state its file is in. */
  restore(document: Document): Promise<void> {
    return this.inOrder(async () => {
      await this.lockNow(false);
      this.document = document;
      this.world = worldOf(document);
      this.dirty = true;
    });
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async lockNow(reload = true): Promise<void> {
    if (this.locked) return;
    await this.options.file.acquire();
    this.locked = true;
    if (reload && this.options.file.hasChanged()) this.world = undefined;
  }

  /** The world at this moment: read, or made, and brought up to the clock. */
  private async current(about?: string): Promise<World> {
    if (!this.world || (!this.locked && this.options.file.hasChanged())) await this.load();
    const world = this.world!;
    await this.settle(world, Math.max(this.options.clock.now(), world.objects.now), about);
    return world;
  }

  private async load(): Promise<void> {
    const document = this.options.file.read();
    if (document) {
      this.document = document;
      this.world = worldOf(document);
      return;
    }
    await this.lockNow(false);
    const made = this.options.file.read();
    if (made) {
      this.document = made;
      this.world = worldOf(made);
    } else await this.create({});
  }

  private async create(options: NewClusterOptions): Promise<void> {
    this.document = await this.options.newCluster(this.options.clock.now(), options);
    this.world = worldOf(this.document);
    await this.settle(this.world, this.options.clock.now());
    this.dirty = true;
  }

  private settle(world: World, now: number, about?: string): Promise<void> {
    return this.options.settle(world, now, (write, manager) => this.options.write(world, write, manager), about);
  }
}
