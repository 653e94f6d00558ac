/** Composition root: puts the real platform, the store, the server, the controllers and the commands together. */
export function main(): void {
  process.stderr.write("error: kubemu is not built yet\n");
  process.exitCode = 1;
}
