/** Ends a program from within with this exit status; what it has to say is printed already. */
export class Exit extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.name = "Exit";
    this.status = status;
  }
}

/** Runs the body of a program; an `Exit` inside becomes its status. */
export async function exitStatus(body: () => number | Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Exit) return error.status;
    throw error;
  }
}
