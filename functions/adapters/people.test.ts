import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PEOPLE_NOT_LISTED } from '#core/contracts/counted-logs.ts';
import type { Access } from '#core/people.ts';
import { log } from '../telemetry.ts';
import { LISTED_FOR_MS, People, REMEMBERED_FOR_MS } from './people.ts';
import { startTestTable, type TestTable } from './table.fake.ts';
import { listAccess } from './user-pool.ts';

let test: TestTable;
let cognito: CognitoIdentityProviderClient;
let UserPoolId = '';
let now = 1_795_399_200_000;
beforeAll(async () => {
  test = await startTestTable();
  cognito = new CognitoIdentityProviderClient(test.client);
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'people',
      Schema: ['campaigns', 'teams'].map((Name) => ({ Name, AttributeDataType: 'String', Mutable: true })),
    }),
  );
  UserPoolId = UserPool?.Id ?? '';
  for (const GroupName of ['supervisor', 'admin'])
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
}, 120_000);
afterAll(async () => {
  cognito.destroy();
  await test.stop();
});

/** Somebody new in these groups; their `sub`. */
async function invite(Username: string, groups: readonly string[], attributes: Record<string, string> = {}) {
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const { User } = await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes }));
  for (const GroupName of groups)
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  return User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
}

/** One function among several: each has a memory of its own. */
function functionWith(list = async () => listAccess(UserPoolId, cognito)) {
  const listings: number[] = [];
  const people = new People({
    table: test.table,
    list: async () => {
      listings.push(now);
      return list();
    },
    now: () => now,
  });
  return { people, listings };
}

const supervisor: Access = { role: 'supervisor' };
const claimed = (access: Access | undefined, asOf = now - 3_600_000) => ({ access, asOf });

it('lists everybody who has access, over all pages, and nobody who is disabled or has no role', async () => {
  const subs = await Promise.all(
    Array.from({ length: 65 }, async (_, index) => invite(`many-${index}`, ['supervisor'])),
  );
  const both = await invite('both', ['supervisor', 'admin'], { 'custom:teams': 'SAVE' });
  const sales = await invite('sales', ['supervisor'], { 'custom:campaigns': 'Sales, Save' });
  const guest = await invite('guest', []);
  const gone = await invite('gone', ['admin']);
  await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: 'gone' }));
  const access = await listAccess(UserPoolId, cognito);
  for (const sub of subs) expect(access.get(sub)).toEqual(supervisor);
  expect(access.get(both)).toEqual({ role: 'admin' });
  expect(access.get(sales)).toEqual({ role: 'supervisor', restriction: { campaigns: ['Sales', 'Save'] } });
  expect([access.has(guest), access.has(gone)]).toEqual([false, false]);
}, 60_000);

describe('what people may see now', () => {
  it('is what the user pool says, at most 40 s later, in every function, whatever was claimed before', async () => {
    const sub = await invite('ada', ['supervisor']);
    const [one, another] = [functionWith(), functionWith()];
    const seenBy = async ({ people }: typeof one) => [
      (await people.newest(sub, claimed({ role: 'admin' }))).access,
      (await people.newestOfMany())(sub, claimed({ role: 'admin' })).access,
    ];
    now += LISTED_FOR_MS;
    for (const each of [one, another]) expect(await seenBy(each)).toEqual([supervisor, supervisor]);

    const changes: [() => Promise<unknown>, Access | undefined][] = [
      [
        async () =>
          cognito.send(
            new AdminUpdateUserAttributesCommand({
              UserPoolId,
              Username: 'ada',
              UserAttributes: [{ Name: 'custom:teams', Value: 'SAVE' }],
            }),
          ),
        { role: 'supervisor', restriction: { teams: ['SAVE'] } },
      ],
      [
        async () =>
          cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: 'ada', GroupName: 'supervisor' })),
        undefined,
      ],
    ];
    for (const [change, expected] of changes) {
      await change();
      now += LISTED_FOR_MS + REMEMBERED_FOR_MS;
      for (const each of [one, another]) expect(await seenBy(each)).toEqual([expected, expected]);
    }
    expect(LISTED_FOR_MS + REMEMBERED_FOR_MS).toBeLessThan(60_000);
  }, 60_000);

  it('is listed once for all functions and requests', async () => {
    now += LISTED_FOR_MS;
    const functions = Array.from({ length: 6 }, () => functionWith());
    await Promise.all(
      functions.flatMap(({ people }) => [people.newest('x', claimed(supervisor)), people.newestOfMany()]),
    );
    now += LISTED_FOR_MS - 1;
    await Promise.all(functions.map(async ({ people }) => people.newest('x', claimed(supervisor))));
    expect(functions.flatMap(({ listings }) => listings)).toHaveLength(1);
  }, 60_000);

  it('is what a token says that was issued after the last list', async () => {
    const { people } = functionWith();
    now += LISTED_FOR_MS;
    await people.newestOfMany();
    now += 1_000;
    expect(await people.newest('invited-since', claimed(supervisor, now))).toEqual({ access: supervisor, asOf: now });
    expect((await people.newestOfMany())('invited-since', claimed(supervisor, now)).access).toEqual(supervisor);
    expect((await people.newest('invited-since', claimed(supervisor, now - 2_000))).access).toBeUndefined();
  }, 60_000);

  it('stays as it was known while the user pool does not answer, which is counted, and is asked for again', async () => {
    const sub = await invite('bob', ['supervisor']);
    now += LISTED_FOR_MS;
    await functionWith().people.newest(sub, claimed(undefined));
    const logged = jest.spyOn(log, 'error').mockImplementation(() => undefined);
    let isDown = true;
    const { people, listings } = functionWith(async () => {
      if (isDown) throw new Error('Rate exceeded');
      return listAccess(UserPoolId, cognito);
    });
    for (const _ of [1, 2]) {
      now += LISTED_FOR_MS;
      expect((await people.newest(sub, claimed(undefined))).access).toEqual(supervisor);
    }
    expect(logged.mock.calls.map(([message]) => message)).toEqual([PEOPLE_NOT_LISTED, PEOPLE_NOT_LISTED]);
    expect(listings).toHaveLength(2);
    isDown = false;
    now += LISTED_FOR_MS;
    await people.newest(sub, claimed(undefined));
    expect(listings).toHaveLength(3);
    logged.mockRestore();
  }, 60_000);
});
