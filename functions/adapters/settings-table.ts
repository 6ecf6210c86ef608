import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { usualNoticeLimits, type NoticeLimits } from '#core/notice-limit.ts';
import type { Person } from '#core/people.ts';
import { noSettings } from '#core/settings.ts';
import { storedSettingsSchema, type SettingsPut, type StoredSettings } from '#core/contracts/http/settings.ts';
import { settingsKey } from '#core/table-layout.ts';
import { log } from '../telemetry.ts';
import { ifVersion, isConflict, type Table } from './table.ts';

/** The settings were saved by another person meanwhile. */
export class SettingsConflictError extends Error {
  override readonly name = 'SettingsConflictError';
}

/** The settings of the deployment: one row in DynamoDB. */
export class SettingsTable {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** The settings as last saved (strongly consistent). */
  async load(): Promise<StoredSettings> {
    const { Item } = await this.#table.client.send(
      new GetCommand({ TableName: this.#table.name, Key: settingsKey, ConsistentRead: true }),
    );
    return storedSettingsSchema.parse(Item === undefined ? { ...noSettings, version: 0 } : withoutKey(Item));
  }

  /** The limits on notices; the usual ones where the settings cannot be read, so that people are notified nevertheless. */
  async noticeLimits(): Promise<NoticeLimits> {
    try {
      return (await this.load()).notices;
    } catch (error) {
      log.error('settings cannot be read', { error });
      return usualNoticeLimits;
    }
  }

  /**
   * Saves the settings as the version after `version`, which was edited.
   * @throws SettingsConflictError if another version is stored
   */
  async put({ version, ...settings }: SettingsPut, by: Person, at: number): Promise<StoredSettings> {
    const next: StoredSettings = { ...settings, version: version + 1, changedBy: by, changedAt: at };
    try {
      await this.#table.client.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: { ...settingsKey, ...next },
          ...ifVersion(version),
        }),
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
      throw new SettingsConflictError('Somebody else saved the settings in between.', { cause: error });
    }
    return next;
  }
}

function withoutKey({ PK: _, SK: __, ...settings }: Record<string, unknown>): Record<string, unknown> {
  return settings;
}
