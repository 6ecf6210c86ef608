import type { RelayCommand, RingOutcome } from '#core/control.ts';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** What somebody asked for, once. */
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
  readonly #deps: RequestsDependencies;
  /** Undefined while it is not known yet. */
  readonly #outcomes = new Map<string, RingOutcome | undefined>();

  constructor(dependencies: RequestsDependencies) {
    this.#deps = dependencies;
  }

  take(request: Request): void {
    const { requestId, callId, type } = request;
    if (this.#outcomes.has(requestId)) {
      // Who asks again may not have heard.
      const outcome = this.#outcomes.get(requestId);
      if (outcome !== undefined) this.#deps.report(request, outcome);
      return;
    }
    this.#outcomes.set(requestId, undefined);
    this.#deps.clock.after(REMEMBERED_MS, () => this.#outcomes.delete(requestId));
    void this.#deps
      .act(request)
      .catch((error: unknown): RingOutcome => {
        this.#deps.log.error({ err: error, requestId, type }, 'what was asked for could not be done');
        return 'failed';
      })
      .then((outcome) => {
        this.#deps.log.info({ requestId, callId, type, outcome }, 'a telephone was called for somebody');
        this.#outcomes.set(requestId, outcome);
        this.#deps.report(request, outcome);
      });
  }
}
