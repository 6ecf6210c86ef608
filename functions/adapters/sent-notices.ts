import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import {
  admitNotice,
  sentNoticeSchema,
  type NoticeLimit,
  type NoticeLimits,
  type SentNotice,
  type WantedNotice,
} from '#core/notice-limit.ts';
import { expiryOf, sentNoticesKey, TIME_TO_LIVE } from '#core/table-layout.ts';
import { readableRows } from './rows.ts';
import { ifVersion, isConflict, type Table } from './table.ts';

/** Concurrent writers kept this one from its turn for too long. */
export class SentNoticesBusyError extends Error {
  override readonly name = 'SentNoticesBusyError';
  readonly retryable = true;
}

/** Each failed attempt is a notice that another writer sent, and the limits allow few. */
const MAX_ATTEMPTS = 200;

const rowSchema = z.object({ version: z.int().positive(), sent: z.array(sentNoticeSchema) });

/** The notices of the last minutes, one row in DynamoDB: it is read and written as a whole, so that no limit is passed. */
export class SentNotices {
  readonly #table: Table;
  /** Waits before the n-th retry (from 1). */
  readonly #pause: (attempt: number) => Promise<void>;

  constructor(table: Table, pause: (attempt: number) => Promise<void>) {
    this.#table = table;
    this.#pause = pause;
  }

  /**
   * Records a notice that is to be sent at an instant (epoch ms), if the limits allow it.
   * @returns the limit that keeps it back; undefined if it is to be sent
   * @throws SentNoticesBusyError
   */
  async admit(wanted: WantedNotice, limits: NoticeLimits, now: number): Promise<NoticeLimit | undefined> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const { version, sent } = await this.#load();
      const admitted = admitNotice(sent, wanted, limits, now);
      if ('heldBy' in admitted) return admitted.heldBy;
      if (await this.#save(version, admitted.sent, now)) return undefined;
      await this.#pause(attempt);
    }
    throw new SentNoticesBusyError('Others are sending notices: this one had no turn.');
  }

  async #load(): Promise<{ version: number; sent: readonly SentNotice[] }> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: sentNoticesKey, ConsistentRead: true }),
    );
    if (!Item) return { version: 0, sent: [] };
    const [row] = readableRows([Item], (item) => rowSchema.parse(item));
    // A row that cannot be read keeps back no notice: it is begun anew.
    return row ?? { version: typeof Item['version'] === 'number' ? Item['version'] : Number.NaN, sent: [] };
  }

  /** @returns whether the row was still at `version`; NaN is a row that has none */
  async #save(version: number, sent: readonly SentNotice[], now: number): Promise<boolean> {
    const next = Number.isNaN(version) ? 1 : version + 1;
    const expiresAt = expiryOf(now, 1);
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: { ...sentNoticesKey, ...rowSchema.parse({ version: next, sent }), [TIME_TO_LIVE]: expiresAt },
          ...(!Number.isNaN(version) && ifVersion(version)),
        }),
      );
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }
}
