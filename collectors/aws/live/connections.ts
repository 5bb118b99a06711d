import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Connections that stay open between calls, whichever client, account or Region they are for. */
export interface Connections {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Lets go of all of them. */
  readonly close: () => void;
}

/** No connection yet. How many are open at once is what the sessions' limits allow. */
export function openConnections(): Connections {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  return {
    http,
    https,
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}
