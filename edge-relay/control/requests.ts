import type { RelayCommand } from '#core/contracts/control.ts';
import type { RingOutcome } from '#core/monitor.ts';
import type { Logger } from 'pino';
import { BoundedMap } from '../bounded-map.ts';
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
const MAX_REMEMBERED = 10_000;
/** More telephones than ring at a site at once. */
const MAX_UNDER_WAY = 200;

/** Acts upon each request once, however often it comes, and reports what became of it. */
export class Requests {
  readonly #dependencies: RequestsDependencies;
  /** The oldest first; no outcome while it is not known yet. */
  readonly #taken = new BoundedMap<{ readonly at: number; outcome?: RingOutcome }>({ maxEntries: MAX_REMEMBERED });
  #underWay = 0;

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
    this.#taken.deleteWhile(({ at }) => at < clock.now() - REMEMBERED_MS);
    const taken: { at: number; outcome?: RingOutcome } = { at: clock.now() };
    this.#taken.set(requestId, taken);
    if (this.#underWay >= MAX_UNDER_WAY) {
      log.error({ requestId, type }, 'a request was refused: too many are under way');
      taken.outcome = 'failed';
      report(request, 'failed');
      return;
    }
    this.#underWay++;
    void act(request)
      .catch((error: unknown): RingOutcome => {
        log.error({ err: error, requestId, type }, 'what was asked for could not be done');
        return 'failed';
      })
      .then((outcome) => {
        this.#underWay--;
        log.info({ requestId, callId, type, outcome }, 'a telephone was called for somebody');
        taken.outcome = outcome;
        report(request, outcome);
      });
  }
}
