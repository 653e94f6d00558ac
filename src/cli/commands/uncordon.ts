import { cordonCommand } from "../drain/nodes.ts";

/** `uncordon`. Models kubectl pkg/cmd/drain/drain.go (NewCmdUncordon). */
export default cordonCommand(false);
