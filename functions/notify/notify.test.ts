import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { startTestTable, type TestTable } from '../adapters/table.fake.ts';
import { exampleNotice as notice } from './notice.fake.ts';
import type { Notifier } from './notifier.ts';
import { notify, NotifyError } from './notify.ts';
import { onceInTable } from './once.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => {
  await test.stop();
});

const context = { getRemainingTimeInMillis: () => 30_000 } as Context;

describe('notify', () => {
  const sent: string[] = [];
  const notifier = (name: string, isBroken: () => boolean = () => false): Notifier => ({
    name,
    send: () => {
      if (isBroken()) return Promise.reject(new Error('down'));
      sent.push(name);
      return Promise.resolve();
    },
  });

  it('sends by every notifier although one fails, and retries that one alone', async () => {
    const once = onceInTable('earshot', context, new DynamoDBClient(test.client));
    let isBroken = true;
    const notifiers = [notifier('a'), notifier('b', () => isBroken), notifier('c')];
    await expect(notify('one', notice, notifiers, once)).rejects.toThrow(NotifyError);
    expect(sent.splice(0).sort()).toEqual(['a', 'c']);
    isBroken = false;
    await notify('one', notice, notifiers, once);
    expect(sent.splice(0)).toEqual(['b']);
    await notify('one', notice, notifiers, once);
    expect(sent).toEqual([]);
    await notify('two', notice, notifiers, once);
    expect(sent.splice(0).sort()).toEqual(['a', 'b', 'c']);
  });
});
