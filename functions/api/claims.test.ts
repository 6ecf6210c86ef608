import { personSchema } from '#core/people.ts';
import { claimantOf, telephoneOf } from './claims.ts';

const bare = { token_use: 'id', sub: 'u-1', email: 'ada@earshot.example', 'cognito:groups': '[supervisor]' };
const claims = { ...bare, email_verified: 'true' };
const person = { sub: 'u-1', name: 'ada@earshot.example' };
const supervisor = { person, access: { role: 'supervisor' }, asOf: 0 };
const restrictedTo = (restriction: object) => ({ ...supervisor, access: { role: 'supervisor', restriction } });
const admin = { ...supervisor, access: { role: 'admin' } };
const nobody = { ...supervisor, access: undefined };

describe('claimantOf', () => {
  it.each([
    [{}, supervisor],
    [{ iat: '1795399200' }, { ...supervisor, asOf: 1_795_399_200_999 }],
    [{ iat: 1_795_399_200 }, { ...supervisor, asOf: 1_795_399_200_999 }],
    [{ email_verified: 'false' }, { ...supervisor, person: { sub: 'u-1', name: 'u-1' } }],
    [{ name: 'Ada'.repeat(200) }, { ...supervisor, person: { sub: 'u-1', name: `${'Ada'.repeat(85)}…` } }],
    [{ name: 'Ada' }, { ...supervisor, person: { sub: 'u-1', name: 'Ada' } }],
    [{ 'cognito:groups': ['supervisor', 'admin'] }, admin],
    [{ 'cognito:groups': '[supervisor admin]' }, admin],
    [{ 'custom:campaigns': 'Sales, Save' }, restrictedTo({ campaigns: ['Sales', 'Save'] })],
    [{ 'custom:teams': 'SAVE' }, restrictedTo({ teams: ['SAVE'] })],
    [{ 'custom:campaigns': ' ,' }, supervisor],
    [{ 'custom:teams': 'SAVE', 'cognito:groups': '[admin]' }, admin],
    [{ 'cognito:groups': '[]' }, nobody],
    [{ 'cognito:groups': '[guest]' }, nobody],
  ])('reads %j', (more, expected) => {
    expect(claimantOf({ ...claims, ...more })).toEqual(expected);
  });

  it.each([[undefined], [{}], [{ ...claims, token_use: 'access' }], [{ ...claims, sub: '' }]])(
    'rejects %j',
    (strange) => {
      expect(claimantOf(strange)).toBeUndefined();
    },
  );
});

describe('claimantOf, of attributes longer than the user pool has', () => {
  it('refuses names that no row could hold, and shortens a name that is only shown', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `team-${String(index)}`).join(',');
    for (const attribute of ['custom:campaigns', 'custom:teams']) {
      expect(() => claimantOf({ ...claims, [attribute]: names })).toThrow(
        expect.objectContaining({ status: 403 }) as Error,
      );
    }
    const most = names.slice(0, 2_048);
    expect(claimantOf({ ...claims, 'custom:teams': most })?.access?.restriction?.teams?.join(',')).toBe(most);
    expect(personSchema.parse(claimantOf({ ...claims, name: 'é'.repeat(2_048) })?.person).name).toHaveLength(256);
  });
});

describe('telephoneOf', () => {
  it.each([
    [{}, {}],
    [{ email_verified: 'true' }, { email: 'ada@earshot.example' }],
    [{ email_verified: true, email: 'Ada@Earshot.example' }, { email: 'ada@earshot.example' }],
    [{ email_verified: 'false' }, {}],
    [{ 'custom:extension': '6005' }, { extension: '6005' }],
    [{ 'custom:extension': 'Local/x@from-internal' }, {}],
  ])('reads %j', (more, expected) => {
    expect(telephoneOf({ ...bare, ...more })).toEqual(expected);
  });
});
