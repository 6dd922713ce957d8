// The scanner's service worker, one for each language; see shell_worker.ts.

import { serveShell } from "../shared/shell_worker";

serveShell();
