import {
  CognitoIdentityProviderClient,
  paginateListUsersInGroup,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { accessOf, type PoolEntry } from '#core/access.ts';
import { roleSchema, type Access } from '#core/people.ts';
import { People } from './people.ts';
import type { Table } from './table.ts';

/** Sixty at most. */
const PAGE_SIZE = 60;

/** The access of everybody who has any, by `sub`. Costs one request for each sixty people of each role. */
export async function listAccess(
  userPoolId: string,
  client: CognitoIdentityProviderClient,
): Promise<ReadonlyMap<string, Access>> {
  const entries = new Map<string, PoolEntry>();
  for (const role of roleSchema.options) {
    const pages = paginateListUsersInGroup(
      { client, pageSize: PAGE_SIZE },
      { UserPoolId: userPoolId, GroupName: role },
    );
    for await (const { Users = [] } of pages) {
      for (const user of Users) {
        const sub = attributeOf(user, 'sub');
        if (sub === undefined || user.Enabled === false) continue;
        entries.set(sub, {
          groups: [...(entries.get(sub)?.groups ?? []), role],
          campaigns: attributeOf(user, 'custom:campaigns'),
          teams: attributeOf(user, 'custom:teams'),
        });
      }
    }
  }
  return new Map(
    [...entries].flatMap(([sub, entry]) => {
      const access = accessOf(entry);
      return access ? [[sub, access] as const] : [];
    }),
  );
}

function attributeOf({ Attributes = [] }: UserType, name: string): string | undefined {
  return Attributes.find(({ Name }) => Name === name)?.Value;
}

/** Everybody's access, from this user pool. */
export function openPeople(table: Table, userPoolId: string): People {
  const client = new CognitoIdentityProviderClient();
  return new People({ table, list: async () => listAccess(userPoolId, client), now: Date.now });
}
