import type { RelayCommand } from '#core/contracts/control.ts';
import type { RingOutcome } from '#core/monitor.ts';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** A request of the cloud that must be carried out once. */
export type Request = Extract<RelayCommand, { requestId: string }>;

export interface RequestsDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly act: (request: Request) => Promise<RingOutcome>;
  readonly report: (request: Request, outcome: RingOutcome) => void;
}

/** The same request does not come again after so long. */
const REMEMBERED_MS = 10 * 60_000;

/** Acts upon each request once, however often it comes, and reports what became of it. */
export class Requests {
  readonly #dependencies: RequestsDependencies;
  /** The oldest first; no outcome while it is not known yet. */
  readonly #taken = new Map<string, { readonly at: number; outcome?: RingOutcome }>();

  constructor(dependencies: RequestsDependencies) {
    this.#dependencies = dependencies;
  }

  take(request: Request): void {
    const { requestId, callId, type } = request;
    const { clock, log, act, report } = this.#dependencies;
    const known = this.#taken.get(requestId);
    if (known) {
      // A repeated request may mean that the outcome was lost.
      if (known.outcome !== undefined) report(request, known.outcome);
      return;
    }
    this.#forgetOlder(clock.now() - REMEMBERED_MS);
    const taken: { at: number; outcome?: RingOutcome } = { at: clock.now() };
    this.#taken.set(requestId, taken);
    void act(request)
      .catch((error: unknown): RingOutcome => {
        log.error({ err: error, requestId, type }, 'what was asked for could not be done');
        return 'failed';
      })
      .then((outcome) => {
        log.info({ requestId, callId, type, outcome }, 'a telephone was called for somebody');
        taken.outcome = outcome;
        report(request, outcome);
      });
  }

  #forgetOlder(than: number): void {
    for (const [requestId, { at }] of this.#taken) if (at < than) this.#taken.delete(requestId);
  }
}
