import { createService } from "./service-object.ts";

export default createService("NodePort");
