import { CommandError } from "../../command.ts";

export type Library = typeof import("just-bash");

/** The shell: an optional dependency, loaded when a shell or a program of its is asked for. @throws CommandError when it is not there */
export async function shellLibrary(program: string): Promise<Library> {
  try {
    return await import("just-bash");
  } catch (error) {
    if (!["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
    throw new CommandError(
      `kubemu runs ${program} by the package just-bash, which is not installed: npm install --global just-bash`,
    );
  }
}
