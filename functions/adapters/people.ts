import { BatchGetCommand, DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { isSameAccess } from '#core/access.ts';
import { PEOPLE_NOT_LISTED } from '#core/contracts/counted-logs.ts';
import { accessSchema, type Access, type KnownAccess } from '#core/people.ts';
import { PEOPLE_PARTITION, peopleListedKey, personKey, SORT_KEY, sortKeyPrefixes } from '#core/table-layout.ts';
import { log } from '../telemetry.ts';
import type { Item } from './items.ts';
import { readableRows } from './rows.ts';
import { isConflict, queryAll, updateIf, type Table } from './table.ts';

/** The people are listed again when somebody asks and the last list is so old. */
export const LISTED_FOR_MS = 30_000;
/** Whoever fans out to many viewers reads the stored list no more often than this. */
export const REMEMBERED_FOR_MS = 10_000;
/** One lists for all; if it dies, another may list after this time. */
const CLAIM_MS = 15_000;

/** What {@link People} depends on. */
export interface PeopleDependencies {
  readonly table: Table;
  /** Everybody in the user pool who has access, by `sub`. */
  readonly list: () => Promise<ReadonlyMap<string, Access>>;
  readonly now: () => number;
}

/** Everybody's access, and since when it is known. */
interface Listing {
  readonly listedAt: number;
  readonly people: ReadonlyMap<string, Access>;
}

const listedSchema = z.object({ listedAt: z.number().default(0) });

/**
 * Which access people have now. Tokens and connections hold what was so when they were issued; the user pool is listed
 * at most every {@link LISTED_FOR_MS} for all functions together, and kept in the table. So a change takes effect within
 * a minute, wherever it was made.
 */
export class People {
  readonly #dependencies: PeopleDependencies;
  #remembered: { readonly at: number; readonly listing: Promise<Listing> } | undefined;

  constructor(dependencies: PeopleDependencies) {
    this.#dependencies = dependencies;
  }

  /** The newer of what was known of a person, and what the user pool last said; reads two rows. */
  async newest(sub: string, known: KnownAccess): Promise<KnownAccess> {
    const { table } = this.#dependencies;
    const read = async () => {
      const Keys = [peopleListedKey, personKey(sub)];
      const { Responses } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: true } } }),
      );
      return listingIn(Responses?.[table.name] ?? []);
    };
    return newerOf(sub, known, await this.#refreshed(read));
  }

  /** The same for many: reads the whole list, and remembers it for {@link REMEMBERED_FOR_MS}. */
  async newestOfMany(): Promise<(sub: string, known: KnownAccess) => KnownAccess> {
    const now = this.#dependencies.now();
    if (!this.#remembered || now - this.#remembered.at >= REMEMBERED_FOR_MS) {
      const listing = this.#refreshed(async () => this.#readAll());
      const remembered = { at: now, listing };
      this.#remembered = remembered;
      // Not remembered if it fails.
      listing.catch(() => {
        if (this.#remembered === remembered) this.#remembered = undefined;
      });
    }
    const listing = await this.#remembered.listing;
    return (sub, known) => newerOf(sub, known, listing);
  }

  /** Reads the stored list, after listing anew if it is old and nobody else does. */
  async #refreshed(read: () => Promise<Listing>): Promise<Listing> {
    const stored = await read();
    if (this.#dependencies.now() - stored.listedAt < LISTED_FOR_MS) return stored;
    return (await this.#listAnew()) ? read() : stored;
  }

  /** @returns whether the stored list is new */
  async #listAnew(): Promise<boolean> {
    const { table, list, now } = this.#dependencies;
    const startedAt = now();
    const claimed = await updateIf(
      table,
      peopleListedKey,
      'SET claimedUntil = :until',
      'attribute_not_exists(claimedUntil) OR claimedUntil <= :now',
      { ':until': startedAt + CLAIM_MS, ':now': startedAt },
    );
    if (!claimed) return false;
    try {
      await this.#store({ listedAt: startedAt, people: await list() });
      return true;
    } catch (error) {
      // What was known goes on to count, at worst for the hour that a token lives.
      log.error(PEOPLE_NOT_LISTED, { error: String(error) });
      return false;
    }
  }

  /** Writes what changed, and at last when it was so. */
  async #store({ listedAt, people }: Listing): Promise<void> {
    const { table } = this.#dependencies;
    const before = (await this.#readAll()).people;
    const TableName = table.name;
    for (const [sub, access] of people) {
      if (isSameAccess(access, before.get(sub))) continue;
      await table.client.send(new PutCommand({ TableName, Item: { ...personKey(sub), ...access } }));
    }
    for (const sub of before.keys()) {
      if (!people.has(sub)) await table.client.send(new DeleteCommand({ TableName, Key: personKey(sub) }));
    }
    await unlessNewer(
      table.client.send(
        new PutCommand({
          TableName,
          Item: { ...peopleListedKey, listedAt },
          ConditionExpression: 'attribute_not_exists(listedAt) OR listedAt < :listedAt',
          ExpressionAttributeValues: { ':listedAt': listedAt },
        }),
      ),
    );
  }

  async #readAll(): Promise<Listing> {
    return listingIn(
      await queryAll(this.#dependencies.table, {
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': PEOPLE_PARTITION },
        ConsistentRead: true,
      }),
    );
  }
}

function newerOf(sub: string, known: KnownAccess, { listedAt, people }: Listing): KnownAccess {
  return known.asOf > listedAt ? known : { access: people.get(sub), asOf: listedAt };
}

/** A person whose row cannot be read has no access. */
function listingIn(items: readonly Item[]): Listing {
  const isPerson = (item: Item) => String(item[SORT_KEY]).startsWith(sortKeyPrefixes.person);
  const people = readableRows(items.filter(isPerson), (item): [string, Access] => [
    String(item[SORT_KEY]).slice(sortKeyPrefixes.person.length),
    accessSchema.parse(item),
  ]);
  const [listed] = items.filter((item) => !isPerson(item));
  return { listedAt: listedSchema.parse(listed ?? {}).listedAt, people: new Map(people) };
}

async function unlessNewer(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}
