/** What kubectl says when it attaches. Models kubectl pkg/cmd/attach/attach.go. */
export const ATTACHED =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n" +
  "If you don't see a command prompt, try pressing enter.\n";
