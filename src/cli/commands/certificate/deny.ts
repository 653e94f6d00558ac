import { certificateCommand } from "../../certificate-decision.ts";

export default certificateCommand({ type: "Denied", not: "Approved", reason: "KubectlDeny", operation: "denied" });
