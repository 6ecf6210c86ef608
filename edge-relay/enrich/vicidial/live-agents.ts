import type { Clock } from '../../clock.ts';
import type { LiveAgentRow, Tables } from './tables.ts';

/** Calls that begin together are answered by one reading. */
const FRESH_MS = 500;

/** Who is logged in, read once for all who ask at the same time. */
export class LiveAgentRows {
  readonly #tables: Pick<Tables, 'liveAgents'>;
  readonly #clock: Clock;
  readonly #serverIp: string | undefined;
  #reading: { readonly at: number; readonly rows: Promise<LiveAgentRow[]> } | undefined;

  /** @param serverIp the dialler whose agents and calls are meant, where several share the database */
  constructor(tables: Pick<Tables, 'liveAgents'>, clock: Clock, serverIp?: string) {
    this.#tables = tables;
    this.#clock = clock;
    this.#serverIp = serverIp;
  }

  /** @throws {DatabaseAwayError} */
  rows(): Promise<LiveAgentRow[]> {
    const now = this.#clock.now();
    if (!this.#reading || now - this.#reading.at >= FRESH_MS) {
      const rows = this.#tables.liveAgents().then((all) => all.filter((row) => this.#isOurs(row)));
      this.#reading = { at: now, rows };
    }
    return this.#reading.rows;
  }

  #isOurs({ server_ip: own, call_server_ip: ofCall }: LiveAgentRow): boolean {
    return this.#serverIp === undefined || own === this.#serverIp || ofCall === this.#serverIp;
  }
}
