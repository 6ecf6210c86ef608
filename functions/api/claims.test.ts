import { meOf, telephoneOf } from './claims.ts';

const claims = { token_use: 'id', sub: 'u-1', email: 'ada@earshot.example', 'cognito:groups': '[supervisor]' };
const person = { sub: 'u-1', name: 'ada@earshot.example' };
const supervisor = { person, role: 'supervisor' };

describe('meOf', () => {
  it.each([
    [{}, supervisor],
    [{ name: 'Ada' }, { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' }],
    [{ 'cognito:groups': ['supervisor', 'admin'] }, { person, role: 'admin' }],
    [{ 'cognito:groups': '[supervisor admin]' }, { person, role: 'admin' }],
    [{ 'custom:campaigns': 'Sales, Save' }, { ...supervisor, restriction: { campaigns: ['Sales', 'Save'] } }],
    [{ 'custom:teams': 'SAVE' }, { ...supervisor, restriction: { teams: ['SAVE'] } }],
    [{ 'custom:campaigns': ' ,' }, supervisor],
    [
      { 'custom:teams': 'SAVE', 'cognito:groups': '[admin]' },
      { person, role: 'admin' },
    ],
  ])('reads %j', (more, expected) => {
    expect(meOf({ ...claims, ...more })).toEqual(expected);
  });

  it.each([
    [undefined],
    [{}],
    [{ ...claims, token_use: 'access' }],
    [{ ...claims, sub: '' }],
    [{ ...claims, 'cognito:groups': '[]' }],
    [{ ...claims, 'cognito:groups': '[guest]' }],
  ])('rejects %j', (strange) => {
    expect(meOf(strange)).toBeUndefined();
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
    expect(telephoneOf({ ...claims, ...more })).toEqual(expected);
  });
});
